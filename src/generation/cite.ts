import type { Citation } from '../domain/citation.ts';
import type { Passage } from '../domain/conversation.ts';
import { sentenceRanges } from '../domain/sentence-ranges.ts';
import { languageOf, numbersOf, overlap, termsOf } from '../domain/terms.ts';

/** Share of a sentence's terms that must stand in the passage which proves it. */
const SUPPORT = 0.5;

/**
 * Ties each sentence of an answer to the passage that supports it best. A sentence whose
 * numbers do not all stand in one passage is never supported by it.
 */
export function cite(answer: string, passages: readonly Passage[]): Citation[] {
  const sources = passages.map(({ number, chunk }) => ({
    number,
    terms: termsOf(chunk.text),
    numbers: new Set(numbersOf(chunk.text)),
  }));
  return sentenceRanges(answer, languageOf(answer)).map(({ start, end }) => {
    const sentence = answer.slice(start, end);
    const wanted = termsOf(sentence);
    const numbers = numbersOf(sentence);
    const supports = sources
      .filter((source) => numbers.every((number) => source.numbers.has(number)))
      .map((source) => ({ number: source.number, share: overlap(wanted, source.terms) }))
      .filter(({ share }) => share >= SUPPORT)
      .sort((a, b) => b.share - a.share);
    return { start, end, passage: supports[0]?.number ?? null };
  });
}
