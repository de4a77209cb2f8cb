import { readdirSync, readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import * as v from 'valibot';
import { ModelsLock, type ModelSpec } from '../../src/domain/model-spec.ts';
import type { Reply, Request } from '../../src/rpc/protocol.ts';

/** A worker of the app's own, with the English embedding model loaded and warm. */
export interface EmbeddingWorker {
  readonly modelId: string;
  /** Settles when the call is over, whatever it yields on the way; with what it returned. */
  call(method: string, args: unknown[]): Promise<unknown>;
  close(): void;
}

declare global {
  /** The one the page speaks to: it embeds by workers of its own. */
  var openRetrievalWorker: () => Promise<EmbeddingWorker>;
  /** One that the retrieval worker would start. */
  var openEmbeddingWorker: (threads: number) => Promise<EmbeddingWorker>;
}

/** Gives the page `openRetrievalWorker` and `openEmbeddingWorker`. */
export async function offerRetrievalWorkers(page: Page): Promise<void> {
  const { models } = v.parse(ModelsLock, JSON.parse(readFileSync('models.lock.json', 'utf8')));
  const spec = models.find(({ purpose, languages }) => purpose === 'embedding' && languages.includes('en'));
  if (!spec) throw new Error('models.lock.json lists no English embedding model.');
  // tsx names inner functions through a helper that the page does not have.
  await page.evaluate('globalThis.__name = (value) => value');
  await page.evaluate(offer, { retrieval: built('retrieval'), embedding: built('embedding'), spec });
}

/** @throws Error when the build holds no such worker */
function built(worker: string): string {
  const script = readdirSync('dist/assets').find((name) => name.startsWith(`${worker}.worker-`));
  if (!script) throw new Error(`dist/assets holds no ${worker} worker.`);
  return `assets/${script}`;
}

/** Runs in the page: everything it uses is in its argument. Speaks to the workers as `src/rpc` speaks. */
function offer(given: { retrieval: string; embedding: string; spec: ModelSpec }): void {
  const { retrieval, embedding, spec } = given;
  globalThis.openRetrievalWorker = () => open(retrieval, []);
  globalThis.openEmbeddingWorker = (threads) => open(embedding, [threads]);

  async function open(script: string, settings: readonly unknown[]): Promise<EmbeddingWorker> {
    const files = new Map<string, Blob>();
    for (const { path } of spec.files) {
      files.set(path, await (await fetch(`models/${spec.id}/${path}`)).blob());
    }
    const worker = new Worker(new URL(script, document.baseURI), { type: 'module' });
    let lastId = 0;
    const call = (method: string, args: unknown[]) =>
      new Promise<unknown>((resolve, reject) => {
        const id = ++lastId;
        const listen = ({ data }: MessageEvent<Reply>) => {
          if (data.type === 'ready' || data.id !== id || data.type === 'yield') return;
          worker.removeEventListener('message', listen);
          if (data.type === 'return') resolve(data.value);
          else reject(new Error(JSON.stringify(data)));
        };
        worker.addEventListener('message', listen);
        worker.postMessage({ type: 'call', id, method, args } satisfies Request);
      });
    await new Promise((resolve) => worker.addEventListener('message', resolve, { once: true })); // ready
    await call('load', [spec, files, ...settings]);
    await call('embed', [spec.id, ['One sentence.', 'Two of them. Here they are.']]);
    return { modelId: spec.id, call, close: () => worker.terminate() };
  }
}
