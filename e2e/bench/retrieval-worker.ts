import { readdirSync, readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import * as v from 'valibot';
import { ModelsLock, type ModelSpec } from '../../src/domain/model-spec.ts';
import type { Reply, Request } from '../../src/rpc/protocol.ts';

/** A retrieval worker of the app's own, with the English embedding model loaded and warm. */
export interface RetrievalWorker {
  readonly modelId: string;
  /** Settles when the call is over, whatever it yields on the way; with what it returned. */
  call(method: string, args: unknown[]): Promise<unknown>;
  close(): void;
}

declare global {
  /** @param cores what the worker is to believe in */
  var openRetrievalWorker: (cores: number) => Promise<RetrievalWorker>;
}

/** Gives the page `openRetrievalWorker`. */
export async function offerRetrievalWorkers(page: Page): Promise<void> {
  const script = readdirSync('dist/assets').find((name) => /^retrieval\.worker-.*\.js$/.test(name));
  if (!script) throw new Error('dist/assets holds no retrieval worker.');
  const { models } = v.parse(ModelsLock, JSON.parse(readFileSync('models.lock.json', 'utf8')));
  const spec = models.find(({ purpose, languages }) => purpose === 'embedding' && languages.includes('en'));
  if (!spec) throw new Error('models.lock.json lists no English embedding model.');
  // tsx names inner functions through a helper that the page does not have.
  await page.evaluate('globalThis.__name = (value) => value');
  await page.evaluate(offer, { script, spec });
}

/** Runs in the page: everything it uses is in its argument. Speaks to the workers as `src/rpc` speaks. */
function offer({ script, spec }: { script: string; spec: ModelSpec }): void {
  globalThis.openRetrievalWorker = async (cores) => {
    const files = new Map<string, Blob>();
    for (const { path } of spec.files) {
      files.set(path, await (await fetch(`models/${spec.id}/${path}`)).blob());
    }
    const code = `Object.defineProperty(navigator, 'hardwareConcurrency', { value: ${String(cores)} });
      import(${JSON.stringify(new URL(`assets/${script}`, document.baseURI).href)});`;
    const url = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
    const worker = new Worker(url, { type: 'module' });
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
    URL.revokeObjectURL(url);
    await call('load', [spec, files]);
    await call('embed', [spec.id, ['One sentence.', 'Two of them. Here they are.']]);
    return { modelId: spec.id, call, close: () => worker.terminate() };
  };
}
