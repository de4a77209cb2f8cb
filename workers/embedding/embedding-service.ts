import type { EmbeddingModelSpec } from '../../src/domain/model-spec.ts';

/** Served by `workers/embedding.worker.ts` to the retrieval worker. */
export interface EmbeddingService {
  /**
   * Makes a model ready.
   * @param files the model's files by their path in `spec`
   * @param threads it computes with; what a worker's first model gets holds for all
   * @throws FailureError `model-rejected` when the runtime refuses the files
   */
  load(spec: EmbeddingModelSpec, files: ReadonlyMap<string, Blob>, threads: number): Promise<void>;
  /** Lengths of `texts` in tokens, without the special ones. */
  countTokens(modelId: string, texts: readonly string[]): Promise<number[]>;
  /** Unit vectors, length texts.length × dimension; texts are cut at the model's 512 tokens. */
  embed(modelId: string, texts: readonly string[]): Promise<Float32Array>;
}
