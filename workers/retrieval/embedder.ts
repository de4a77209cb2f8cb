import type { EmbeddingModelSpec } from '../../src/domain/model-spec.ts';
import type { EmbeddedBatch } from '../../src/retrieval/retriever.ts';
import { WorkerConnection } from '../../src/rpc/connect.ts';
import type { EmbeddingService } from '../embedding/embedding-service.ts';
import { Lender } from './lender.ts';
import { rounded } from './rounded-vectors.ts';

const CORES = Math.min(4, navigator.hardwareConcurrency);
/**
 * Two workers of a thread each, which never wait for each other, embed a quarter more sentences a
 * second than one of two threads (2 busy cores). More would each hold another copy of the models.
 */
const WORKERS = Math.min(2, CORES);
const THREADS = self.crossOriginIsolated ? Math.ceil(CORES / WORKERS) : 1;
/**
 * Tokens (padding included) in one run of the model, some 0.1 s. 512 a thread are no faster and keep
 * a question waiting twice as long; 512 for two threads are an eighth faster than 256.
 */
const BATCH_TOKENS = 256 * THREADS;

const workers = new Lender(
  Array.from({ length: WORKERS }, () =>
    new WorkerConnection(
      'embedding',
      () => new Worker(new URL('../embedding.worker.ts', import.meta.url), { type: 'module' }),
      // Its models are gone: the page starts all anew.
      () => self.reportError(new Error('An embedding worker crashed.')),
    ).service<EmbeddingService>([]),
  ),
);

/** One embedding model, loaded in every embedding worker. */
export class Embedder {
  private constructor(readonly spec: EmbeddingModelSpec) {}

  /** @throws FailureError `model-rejected` when the runtime refuses the files */
  static async load(spec: EmbeddingModelSpec, files: ReadonlyMap<string, Blob>): Promise<Embedder> {
    await Promise.all(workers.all.map((worker) => worker.load(spec, files, THREADS)));
    return new Embedder(spec);
  }

  /** Lengths of `texts` in tokens, without the special ones. */
  countTokens(texts: readonly string[]): Promise<number[]> {
    return workers.lendNext((worker) => worker.countTokens(this.spec.id, texts));
  }

  /** The vector a question is searched by; it goes ahead of the batches. */
  question(text: string): Promise<Float32Array> {
    return workers.lendNext((worker) => worker.embed(this.spec.id, [this.spec.queryPrefix + text]));
  }

  /** Embeds `texts` in batches of alike length, so that little is spent on padding. */
  async *batches(texts: readonly string[], signal: AbortSignal): AsyncGenerator<EmbeddedBatch> {
    const lengths = await this.countTokens(texts);
    const running = ofAlikeLength(lengths).map((indices) => this.#batch(indices, texts, signal));
    for (const batch of running) batch.catch(() => {}); // whoever waits for the first that fails is told
    for (const batch of running) yield await batch;
  }

  #batch(indices: readonly number[], texts: readonly string[], signal: AbortSignal): Promise<EmbeddedBatch> {
    return workers.lend(async (worker) => {
      signal.throwIfAborted();
      const own = indices.map((index) => texts[index] ?? '');
      return { indices, vectors: rounded(await worker.embed(this.spec.id, own), this.spec.dimension) };
    });
  }
}

/** Indices of texts that fill a batch together, the longest first. */
function ofAlikeLength(lengths: readonly number[]): number[][] {
  const order = [...lengths.keys()].sort((a, b) => (lengths[b] ?? 0) - (lengths[a] ?? 0));
  const batches: number[][] = [];
  for (let start = 0; start < order.length;) {
    const longest = lengths[order[start] ?? 0] ?? 0;
    const size = Math.max(1, Math.floor(BATCH_TOKENS / (longest + 2)));
    batches.push(order.slice(start, start + size));
    start += size;
  }
  return batches;
}
