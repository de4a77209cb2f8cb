import type { EmbeddingModelSpec } from '../domain/model-spec.ts';

/** Some of the vectors of one `embed` call: row i belongs to `texts[indices[i]]`. */
export interface EmbeddedBatch {
  readonly indices: readonly number[];
  /** Unit vectors, length indices.length × dimension. */
  readonly vectors: Float32Array;
}

/** A chunk id with its exact cosine similarity to the question, -1 to 1. */
export interface Match {
  readonly chunkId: string;
  readonly score: number;
}

/**
 * PORT, served by `workers/retrieval.worker.ts`. Its indexes are derived from storage and
 * kept in memory only: whatever is lost here is inserted again.
 */
export interface Retriever {
  /**
   * Makes an embedding model ready; does nothing when it is.
   * @param files the model's files by their path in `spec`
   * @throws FailureError `model-rejected` when the runtime refuses them
   */
  load(spec: EmbeddingModelSpec, files: ReadonlyMap<string, Blob>): Promise<void>;
  /** Lengths of `texts` in the model's own tokens, without its special ones. */
  countTokens(modelId: string, texts: readonly string[]): Promise<number[]>;
  /** Embeds passages, batched by length: batches arrive out of order. */
  embed(modelId: string, texts: readonly string[], signal: AbortSignal): AsyncGenerator<EmbeddedBatch>;
  /**
   * Adds one document's chunks; replaces what it had.
   * @param vectors unit vectors, length chunkIds.length × dimension
   */
  insert(
    documentId: string,
    modelId: string,
    chunkIds: readonly string[],
    vectors: Float32Array,
  ): Promise<void>;
  remove(documentId: string): Promise<void>;
  /** The best chunks over all models in use, best first; at most `limit`. */
  search(question: string, limit: number): Promise<Match[]>;
}
