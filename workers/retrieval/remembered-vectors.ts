import type { EmbeddedBatch } from '../../src/retrieval/retriever.ts';

/** Vectors kept, some 2 KB each: the passages of the last twenty or so searches. */
const KEPT = 2000;

/** Vectors of texts that are asked for again and again, as sentences are while a question is typed. */
export class RememberedVectors {
  /** The longest unused first. */
  readonly #kept = new Map<string, Float32Array>();

  constructor(
    private readonly embed: (texts: readonly string[]) => AsyncIterable<EmbeddedBatch>,
    private readonly limit = KEPT,
  ) {}

  /** Unit vectors, one for each of `texts`. */
  async of(texts: readonly string[]): Promise<Map<string, Float32Array>> {
    const found = new Map<string, Float32Array>();
    const missing: string[] = [];
    for (const text of new Set(texts)) {
      const vector = this.#kept.get(text);
      if (vector) found.set(text, vector);
      else missing.push(text);
    }
    for await (const { indices, vectors } of this.embed(missing)) {
      const dimension = vectors.length / indices.length;
      for (const [row, index] of indices.entries()) {
        found.set(missing[index] ?? '', vectors.slice(row * dimension, (row + 1) * dimension));
      }
    }
    this.#keep(found);
    return found;
  }

  #keep(used: ReadonlyMap<string, Float32Array>): void {
    for (const [text, vector] of used) {
      this.#kept.delete(text);
      this.#kept.set(text, vector);
    }
    const surplus = [...this.#kept.keys()].slice(0, Math.max(0, this.#kept.size - this.limit));
    for (const text of surplus) this.#kept.delete(text);
  }
}
