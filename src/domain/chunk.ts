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

/** How a chunk stands in the rankings of one search. */
export interface Standing {
  /** All rankings together, 0 to 1: what the matches are ordered by. */
  readonly fused: number;
  /** Cosine similarity to the question in the embedding model of its document, -1 to 1. */
  readonly cosine: number;
  /** From 1; null when it is not among the candidates by meaning. */
  readonly vectorRank: number | null;
  /** BM25; 0 when it has no term of the question. */
  readonly keywordScore: number;
  /** From 1; null when it is not among the candidates by keyword. */
  readonly keywordRank: number | null;
}

/** The page a chunk begins on. */
export function firstPage(chunk: Chunk): number {
  return chunk.spans[0]?.page ?? 1;
}
