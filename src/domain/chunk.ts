import type { Range } from './sentence-ranges.ts';

/** A run of characters on one page: UTF-16 offsets into `Page.text`, `end` exclusive. */
export interface Span {
  /** 1-based page number. */
  readonly page: number;
  readonly start: number;
  readonly end: number;
}

/** A few neighbouring sentences of a document: what is found and cited. */
export interface Chunk {
  /** `${documentId}:${ordinal}`. */
  readonly id: string;
  readonly documentId: string;
  /** 0-based position in the document. */
  readonly ordinal: number;
  readonly text: string;
  /** One span, or two where a sentence runs on to the next page. */
  readonly spans: readonly Span[];
  /** Its sentences in `text`, in order: what is embedded. */
  readonly sentences: readonly Range[];
}

/** How a chunk stands in the rankings of one search. */
export interface Standing {
  /** All rankings together, 0 to 1: what the matches are ordered by. */
  readonly fused: number;
  /** How near it is to the question in the embedding model of its document, -1 to 1. */
  readonly cosine: number;
  /** From 1; null when it is not among the candidates by meaning. */
  readonly vectorRank: number | null;
  /** BM25; 0 when it has no term of the question. */
  readonly keywordScore: number;
  /** From 1; null when it is not among the candidates by keyword. */
  readonly keywordRank: number | null;
}

/**
 * Which part of a chunk's text stands on which page: UTF-16 offsets into `chunk.text`, in order.
 * White space between sentences may differ from the page's, but what runs on to another page is one
 * sentence, taken as it stood there: counted from the end the border is exact.
 */
export function partsByPage({ text, spans }: Chunk): Span[] {
  const parts: Span[] = [];
  let end = text.length;
  for (const [index, span] of [...spans.entries()].toReversed()) {
    const start = index === 0 ? 0 : Math.max(0, end - (span.end - span.start));
    parts.unshift({ page: span.page, start, end });
    end = start;
  }
  return parts;
}

/** The page a chunk begins on, or the part of it that begins at this offset into its text. */
export function pageOf(chunk: Chunk, offset = 0): number {
  return partsByPage(chunk).find(({ end }) => offset < end)?.page ?? 1;
}
