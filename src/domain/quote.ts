import type { Citation } from './citation.ts';
import type { Answer, Highlight, Passage } from './conversation.ts';

/** The documents' own words on a question. */
export interface Quote {
  readonly passage: Passage;
  /** What of it is quoted. */
  readonly range: Highlight;
}

/** Whether none of an answer's sentences is proved. */
export function isUnproved(citations: readonly Citation[]): boolean {
  return citations.every(({ passage }) => passage === null);
}

/**
 * What stands below an answer of which no sentence is proved: the decisive sentences of the best
 * passage, so that it does not end with words that nobody can trust.
 * @returns null for any other answer, and where no sentence stands out
 */
export function quoteFor(
  answer: Pick<Answer, 'citations' | 'status'>,
  passages: readonly Passage[],
): Quote | null {
  const [passage] = passages;
  const isWhole = answer.status === 'complete' || answer.status === 'length';
  const isGuess = answer.citations.length > 0 && isUnproved(answer.citations);
  if (!isWhole || !isGuess || !passage?.highlight) return null;
  return { passage, range: passage.highlight };
}

/** On one line. */
export function quoteText({ passage, range }: Quote): string {
  return passage.chunk.text.slice(range.start, range.end).replace(/\s+/g, ' ');
}
