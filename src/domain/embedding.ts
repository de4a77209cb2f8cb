/** The embeddings of a document's chunks, in chunk order. */
export interface Embeddings {
  /** Vectors of different models never mix in one index. */
  readonly modelId: string;
  readonly dimension: number;
  /** Unit vectors, row after row: length chunkCount × dimension. */
  readonly vectors: Float32Array;
}
