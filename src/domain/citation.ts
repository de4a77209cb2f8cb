import type { Range } from './sentence-ranges.ts';

/** A sentence of an answer and what proves it. */
export interface Citation {
  /** UTF-16 offsets of the sentence in the answer's text, `end` exclusive. */
  readonly start: number;
  readonly end: number;
  /** The number of the passage (`Passage.number`), or null when none supports the sentence. */
  readonly passage: number | null;
  /** What of the passage says it: offsets into its `chunk.text`; null when `passage` is, or in old records. */
  readonly evidence: Range | null;
  /** Numbers and names of the sentence that stand in no passage: offsets in the answer's text, in order. */
  readonly strangers: readonly Range[];
}

/** The same citation where `by` characters were put before the answer. */
export function moved(citation: Citation, by: number): Citation {
  const shifted = ({ start, end }: Range): Range => ({ start: start + by, end: end + by });
  return { ...citation, ...shifted(citation), strangers: citation.strangers.map(shifted) };
}
