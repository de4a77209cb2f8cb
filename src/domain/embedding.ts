/** The embeddings of a document's sentences, chunk by chunk. */
export interface Embeddings {
  /** Vectors of different models never mix in one index. */
  readonly modelId: string;
  readonly dimension: number;
  /** Row after row, length sentences of all chunks × dimension; each scaled so that its largest number is ±127. */
  readonly vectors: Int8Array;
}
