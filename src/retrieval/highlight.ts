import { sentenceRanges, type Range } from '../domain/sentence-ranges.ts';
import { languageOf, overlap, termsOf } from '../domain/terms.ts';

/** The sentence of a passage that shares most with the question; null when none shares anything. */
export function decisiveSentence(question: string, passage: string): Range | null {
  const wanted = termsOf(question);
  let best: Range | null = null;
  let bestShare = 0;
  for (const range of sentenceRanges(passage, languageOf(passage))) {
    const share = overlap(wanted, termsOf(passage.slice(range.start, range.end)));
    if (share > bestShare) [best, bestShare] = [range, share];
  }
  return best;
}
