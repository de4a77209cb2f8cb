/** A run of characters on one page: UTF-16 offsets into `Page.text`, `end` exclusive. */
export interface Span {
  /** 1-based page number. */
  readonly page: number;
  readonly start: number;
  readonly end: number;
}

/** A few neighbouring sentences of a document: what is embedded, found and cited. */
export interface Chunk {
  /** `${documentId}:${ordinal}`. */
  readonly id: string;
  readonly documentId: string;
  /** 0-based position in the document. */
  readonly ordinal: number;
  readonly text: string;
  /** One span, or two where a sentence runs on to the next page. */
  readonly spans: readonly Span[];
}

/** A chunk with its cosine similarity to the question, -1 to 1. */
export interface ScoredChunk {
  readonly chunk: Chunk;
  readonly score: number;
}

/** The page a chunk begins on. */
export function firstPage(chunk: Chunk): number {
  return chunk.spans[0]?.page ?? 1;
}
