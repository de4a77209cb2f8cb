import * as bindings from 'voy-search/voy_search_bg.js';
import start from 'voy-search/voy_search_bg.wasm?init';
import type { Chunk } from '../../src/domain/chunk.ts';
import { FailureError } from '../../src/domain/failure.ts';
import type { Ranked } from '../../src/retrieval/fuse.ts';
import { cosines, meanOf } from './rounded-vectors.ts';

/** Voy pads every vector to this many numbers and silently cuts longer ones. */
const VOY_DIMENSION = 768;
/** Candidates that Voy names for each that is wanted: by their sentences they rank differently. */
const NAMED = 4;

interface Entry {
  readonly chunkId: string;
  readonly documentId: string;
  /** Between its sentences: what Voy knows of it. */
  readonly vector: Float32Array;
  /** Its sentences, rounded, row after row. */
  readonly sentences: Int8Array;
}

const ready = start({ './voy_search_bg.js': bindings }).then((instance) =>
  bindings.__wbg_set_wasm(instance.exports),
);

/**
 * The sentences of one embedding model, chunk by chunk. Voy names candidates; it returns no scores, panics on
 * some 33 equal vectors and on `k = 0`, and leaves ghosts when removing, so scores are computed here
 * from the vectors kept beside it, equal vectors are given to it once, and whatever is removed
 * or breaks means a new instance, built when it is next asked.
 */
export class VoyIndex {
  #entries: Entry[] = [];
  #voy: bindings.Voy | null = null;
  /** Entries by the text of their vector: the first one stands for all in Voy. */
  #groups = new Map<string, Entry[]>();
  #pending: Entry[] = [];
  #byId = new Map<string, Entry>();

  constructor(private readonly dimension: number) {
    if (dimension > VOY_DIMENSION) {
      throw new FailureError({ kind: 'unexpected', detail: `Voy cuts vectors of ${dimension} numbers` });
    }
  }

  get size(): number {
    return this.#entries.length;
  }

  /** @param vectors rounded, a row for each sentence of each chunk */
  insert(documentId: string, chunks: readonly Chunk[], vectors: Int8Array): void {
    let end = 0;
    const added = chunks.map(({ id, sentences }) => {
      const rows = vectors.subarray(end, (end += sentences.length * this.dimension));
      return { chunkId: id, documentId, vector: meanOf(rows, this.dimension), sentences: rows };
    });
    if (end !== vectors.length) {
      throw new FailureError({ kind: 'unexpected', detail: `${vectors.length} numbers, but ${end} wanted` });
    }
    this.#entries.push(...added);
    for (const entry of added) this.#byId.set(entry.chunkId, entry);
    this.#pending.push(...this.#firstOfTheirKind(added));
  }

  remove(documentId: string): void {
    const kept = this.#entries.filter((entry) => entry.documentId !== documentId);
    if (kept.length === this.#entries.length) return;
    this.#entries = kept;
    this.#byId = new Map(kept.map((entry) => [entry.chunkId, entry]));
    this.#discard();
  }

  /** The `limit` chunks nearest to `query` (a unit vector), best first; scored by `nearness`. */
  async nearest(query: Float32Array, limit: number): Promise<Ranked[]> {
    if (this.#entries.length === 0 || limit < 1) return [];
    await ready;
    return ranked(this.#candidates(query, Math.min(limit * NAMED, this.#groups.size)), query, limit);
  }

  /** The same among those that `isWanted`: Voy cannot leave any out, so they are all looked at. */
  nearestOf(query: Float32Array, limit: number, isWanted: (chunkId: string) => boolean): Ranked[] {
    return ranked(
      this.#entries.filter(({ chunkId }) => isWanted(chunkId)),
      query,
      limit,
    );
  }

  has(chunkId: string): boolean {
    return this.#byId.has(chunkId);
  }

  /** How near a chunk and each of its sentences are; null when it is not in this index. */
  compare(query: Float32Array, chunkId: string): { nearness: number; cosines: number[] } | null {
    const entry = this.#byId.get(chunkId);
    return entry ? { nearness: nearness(query, entry), cosines: cosines(query, entry.sentences) } : null;
  }

  /** Voy's candidates; every entry when Voy panics, so that the question is answered all the same. */
  #candidates(query: Float32Array, limit: number): readonly Entry[] {
    try {
      const { neighbors } = this.#current().search(query, limit);
      return neighbors.flatMap(({ url }) => this.#groups.get(url) ?? []);
    } catch (error) {
      console.warn('Voy failed and is rebuilt', error);
      this.#discard();
      return this.#entries;
    }
  }

  #current(): bindings.Voy {
    if (this.#pending.length === 0 && this.#voy) return this.#voy;
    const embeddings = this.#pending.map((entry) => ({
      id: entry.chunkId,
      title: '',
      url: keyOf(entry.vector),
      embeddings: [...entry.vector],
    }));
    if (this.#voy) this.#voy.add({ embeddings });
    else this.#voy = new bindings.Voy({ embeddings });
    this.#pending = [];
    return this.#voy;
  }

  #discard(): void {
    this.#voy = null; // not freed: a panicked instance would panic again
    this.#groups.clear();
    this.#pending = this.#firstOfTheirKind(this.#entries);
  }

  #firstOfTheirKind(entries: readonly Entry[]): Entry[] {
    return entries.filter((entry) => {
      const group = this.#groups.get(keyOf(entry.vector));
      if (group) group.push(entry);
      else this.#groups.set(keyOf(entry.vector), [entry]);
      return !group;
    });
  }
}

function ranked(entries: readonly Entry[], query: Float32Array, limit: number): Ranked[] {
  return entries
    .map((entry) => ({ chunkId: entry.chunkId, score: nearness(query, entry) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, limit);
}

/**
 * How near a chunk is, -1 to 1: the cosine of the vector between its sentences and that of the nearest
 * sentence, in equal parts. Better than a vector of the whole text, see `e2e/eval/README.md`.
 */
function nearness(query: Float32Array, { vector, sentences }: Entry): number {
  const between = vector.reduce((sum, number, i) => sum + number * (query[i] ?? 0), 0);
  return (between + Math.max(-1, ...cosines(query, sentences))) / 2;
}

/** Equal vectors have equal keys; 16 numbers of hundreds tell all others apart well enough to group. */
function keyOf(vector: Float32Array): string {
  return Array.from(vector.subarray(0, 16)).join();
}
