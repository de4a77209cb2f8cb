/** A sentence of an answer and the passage that proves it. */
export interface Citation {
  /** UTF-16 offsets of the sentence in the answer's text, `end` exclusive. */
  readonly start: number;
  readonly end: number;
  /** The number of the passage (`Passage.number`), or null when none supports the sentence. */
  readonly passage: number | null;
}
