import type { Chunk } from '../domain/chunk.ts';
import type { Highlight, ScoredSentence } from '../domain/conversation.ts';

/** Letters that are marked at once, unless one sentence alone has more: what a reader takes in. */
const AT_ONCE = 300;
/** Letters that a Han character is worth, as where sentences are cut. */
const PER_HAN = 2.5;
/** Share of its score that each neighbour adds to a sentence's: an answer stands among what is to the point. */
const BESIDE = 0.075;
/** What follows a sentence explains it more often than what comes before: in scores. */
const FOLLOWING = 0.1;

/** The best sentence of a chunk with what stands around it, the better side first; null when none is of use. */
export function decisiveSentences(
  { text }: Pick<Chunk, 'text'>,
  sentences: readonly ScoredSentence[],
): Highlight | null {
  const fits = (start: number, end: number) => lettersIn(text.slice(start, end)) <= AT_ONCE;
  const scoreAt = (index: number) => sentences[index]?.score ?? 0;
  const scores = sentences.map(({ score }, i) => score + BESIDE * (scoreAt(i - 1) + scoreAt(i + 1)));
  let first = scores.indexOf(Math.max(...scores));
  let last = first;
  const marked = sentences[first];
  if (!marked || marked.score <= 0) return null;
  const { start: best } = marked;
  let { start, end } = marked;
  for (;;) {
    const [before, after] = [sentences[first - 1], sentences[last + 1]];
    const fitsBefore = before !== undefined && fits(before.start, end);
    const fitsAfter = after !== undefined && fits(start, after.end);
    if (!fitsBefore && !fitsAfter) return { start, end, best };
    const isBefore = fitsBefore && (scores[first - 1] ?? 0) > (scores[last + 1] ?? 0) + FOLLOWING;
    if (fitsAfter && !isBefore) end = sentences[++last]?.end ?? end;
    else start = sentences[--first]?.start ?? start;
  }
}

function lettersIn(text: string): number {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  return text.length + (PER_HAN - 1) * han;
}
