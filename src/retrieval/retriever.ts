import type { Chunk, Standing } from '../domain/chunk.ts';
import type { EmbeddingModelSpec } from '../domain/model-spec.ts';
import type { Scope } from '../domain/scope.ts';
import type { Rarity } from './score-sentences.ts';

/** Some of the vectors of one `embed` call: row i belongs to `texts[indices[i]]`. */
export interface EmbeddedBatch {
  readonly indices: readonly number[];
  /** Rounded, see `rounded`: length indices.length × dimension. */
  readonly vectors: Int8Array;
}

/** A way of finding chunks: what is alike in meaning, or has the question's words. */
export type Leg = 'vectors' | 'keywords';

export interface Match {
  readonly chunkId: string;
  readonly standing: Standing;
  /** For each sentence of the chunk how near it is in meaning: 0 unrelated, 1 the same. */
  readonly likeness: readonly number[];
}

/** What a search brings. */
export interface Finding {
  /** Best first. */
  readonly matches: readonly Match[];
  readonly rarity: Rarity;
}

export interface SearchOptions {
  readonly limit: number;
  readonly scope: Scope;
  /** All, unless the eval compares them. */
  readonly legs?: readonly Leg[];
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
  /** Embeds sentences, batched by length: batches arrive out of order. */
  embed(modelId: string, texts: readonly string[], signal: AbortSignal): AsyncGenerator<EmbeddedBatch>;
  /**
   * Adds one document's chunks; replaces what it had.
   * @param vectors rounded, a row for each sentence of each chunk, in order
   */
  insert(documentId: string, modelId: string, chunks: readonly Chunk[], vectors: Int8Array): Promise<void>;
  remove(documentId: string): Promise<void>;
  /** The best chunks over all models in use, by meaning and by keyword, near-duplicates left out; best first. */
  search(question: string, options: SearchOptions): Promise<Finding>;
}
