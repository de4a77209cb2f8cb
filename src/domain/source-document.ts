/** The languages a document can be indexed in: each has its own embedding model. */
export type Language = 'en' | 'zh';

/** A PDF in the collection. */
export interface SourceDocument {
  /** Lower-case hex SHA-256 of the file's bytes: the same file is never stored twice. */
  readonly id: string;
  readonly name: string;
  /** Size of the original file in bytes. */
  readonly bytes: number;
  readonly pageCount: number;
  readonly chunkCount: number;
  readonly language: Language;
  /** Milliseconds since the epoch. */
  readonly addedAt: number;
  /** 1-based numbers of pages that hold no text or could not be read. */
  readonly unreadablePages: readonly number[];
}

/** One page's text, in reading order. */
export interface Page {
  /** 1-based. */
  readonly number: number;
  readonly text: string;
}
