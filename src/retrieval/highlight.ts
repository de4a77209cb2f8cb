import type { Highlight, ScoredSentence } from '../domain/conversation.ts';

/** Characters that are marked at once, unless one sentence alone has more: what a reader takes in. */
const AT_ONCE = 300;
/** What follows a sentence explains it more often than what comes before: in scores. */
const FOLLOWING = 0.1;

/** The best sentence of a passage with what stands around it, the better side first; null when none is of use. */
export function decisiveSentences(sentences: readonly ScoredSentence[]): Highlight | null {
  const scores = sentences.map(({ score }) => score);
  let first = scores.indexOf(Math.max(...scores));
  let last = first;
  const marked = sentences[first];
  if (!marked || marked.score <= 0) return null;
  const { start: best } = marked;
  let { start, end } = marked;
  for (;;) {
    const [before, after] = [sentences[first - 1], sentences[last + 1]];
    const fitsBefore = before !== undefined && end - before.start <= AT_ONCE;
    const fitsAfter = after !== undefined && after.end - start <= AT_ONCE;
    if (!fitsBefore && !fitsAfter) return { start, end, best };
    if (fitsAfter && !(fitsBefore && before.score > after.score + FOLLOWING))
      end = sentences[++last]?.end ?? end;
    else start = sentences[--first]?.start ?? start;
  }
}
