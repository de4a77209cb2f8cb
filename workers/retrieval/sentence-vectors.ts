import type { Embedder } from './embedder.ts';

/** Sentences remembered: those of some twenty questions. */
const KEPT = 1000;

/** Vectors of sentences: most are asked for again while a question is typed, and when it is asked. */
export class SentenceVectors {
  readonly #vectors = new Map<string, Float32Array>();

  /** Unit vectors, in the order of `texts`. */
  async of(model: Embedder, texts: readonly string[]): Promise<(Float32Array | undefined)[]> {
    const keyOf = (text: string) => `${model.spec.id} ${text}`;
    const missing = [...new Set(texts)].filter((text) => !this.#vectors.has(keyOf(text)));
    const { dimension } = model.spec;
    for await (const { indices, vectors } of model.batches(missing, new AbortController().signal)) {
      indices.forEach((index, row) => {
        const vector = vectors.slice(row * dimension, (row + 1) * dimension);
        this.#vectors.set(keyOf(missing[index] ?? ''), vector);
      });
    }
    const found = texts.map((text) => this.#vectors.get(keyOf(text)));
    for (const key of [...this.#vectors.keys()].slice(0, -KEPT)) this.#vectors.delete(key);
    return found;
  }
}
