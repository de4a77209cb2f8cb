import type { ScoredSentence } from '../domain/conversation.ts';
import type { Range } from '../domain/sentence-ranges.ts';

/** Characters of two sentences up to which both are marked: what a reader takes in at once. */
const AT_ONCE = 300;
/** What follows a sentence explains it more often than what comes before: in scores. */
const FOLLOWING = 0.1;

/** The best sentence of a passage with the better of its neighbours; null when none is of use. */
export function decisiveSentences(sentences: readonly ScoredSentence[]): Range | null {
  const best = indexOfBest(sentences.map(({ score }) => score));
  const sentence = sentences[best];
  if (!sentence || sentence.score <= 0) return null;
  const [before, after] = [sentences[best - 1], sentences[best + 1]];
  const takesAfter = (after?.score ?? -Infinity) + FOLLOWING > (before?.score ?? -Infinity);
  const neighbour = (takesAfter ? after : before) ?? sentence;
  const start = Math.min(sentence.start, neighbour.start);
  const end = Math.max(sentence.end, neighbour.end);
  return end - start <= AT_ONCE ? { start, end } : { start: sentence.start, end: sentence.end };
}

function indexOfBest(scores: readonly number[]): number {
  return scores.indexOf(Math.max(...scores));
}
