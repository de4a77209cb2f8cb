import { readdirSync, readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import * as v from 'valibot';
import { ModelsLock } from '../../src/domain/model-spec.ts';
import type { Reply, Request } from '../../src/rpc/protocol.ts';
import { storedChunks } from '../stored.ts';
import { repeat } from './figures.ts';

/** Seconds, one of each kind a run. */
export interface EmbeddingTimes {
  readonly chunks: number;
  readonly batched: readonly number[];
  readonly single: readonly number[];
}

/**
 * Embeds the chunks of the document added last twice: all in one call to a retrieval worker of
 * the app's own, and one text a call to one that runs with the threads onnxruntime-web takes
 * unasked, half of the cores. That is the loop the tutorials write.
 */
export async function embeddingTimes(page: Page, runs: number): Promise<EmbeddingTimes> {
  const script = readdirSync('dist/assets').find((name) => /^retrieval\.worker-.*\.js$/.test(name));
  if (!script) throw new Error('dist/assets holds no retrieval worker.');
  const { models } = v.parse(ModelsLock, JSON.parse(readFileSync('models.lock.json', 'utf8')));
  const spec = models.find(({ purpose, languages }) => purpose === 'embedding' && languages.includes('en'));
  if (!spec) throw new Error('models.lock.json lists no English embedding model.');
  const texts = await chunkTexts(page);
  // tsx names inner functions through a helper that the page does not have.
  await page.evaluate('globalThis.__name = (value) => value');
  const measured = await repeat(runs, () => page.evaluate(measure, { script, spec, texts }));
  return {
    chunks: texts.length,
    batched: measured.map(({ batched }) => batched),
    single: measured.map(({ single }) => single),
  };
}

/** As stored, of the document added last. */
async function chunkTexts(page: Page): Promise<string[]> {
  const last = await page.evaluate(() => quire.collection.documents.at(-1)?.id);
  const chunks = await storedChunks(page);
  return chunks.filter(({ documentId }) => documentId === last).map(({ text }) => text);
}

/** Runs in the page: everything it uses is in its argument. Speaks to the workers as `src/rpc` speaks. */
async function measure(given: {
  script: string;
  spec: { id: string; files: { path: string }[] };
  texts: string[];
}): Promise<{ batched: number; single: number }> {
  const { script, spec, texts } = given;
  const files = new Map<string, Blob>();
  for (const { path } of spec.files) {
    files.set(path, await (await fetch(`models/${spec.id}/${path}`)).blob());
  }

  /** A loaded and warm worker that believes in `cores`. */
  async function open(cores: number) {
    const code = `Object.defineProperty(navigator, 'hardwareConcurrency', { value: ${String(cores)} });
      import(${JSON.stringify(new URL(`assets/${script}`, document.baseURI).href)});`;
    const url = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
    const worker = new Worker(url, { type: 'module' });
    let lastId = 0;
    /** Settles when the call is over, whatever it yields on the way. */
    const call = (method: string, args: unknown[]) =>
      new Promise<void>((resolve, reject) => {
        const id = ++lastId;
        const listen = ({ data }: MessageEvent<Reply>) => {
          if (data.type === 'ready' || data.id !== id || data.type === 'yield') return;
          worker.removeEventListener('message', listen);
          if (data.type === 'return') resolve();
          else reject(new Error(JSON.stringify(data)));
        };
        worker.addEventListener('message', listen);
        worker.postMessage({ type: 'call', id, method, args } satisfies Request);
      });
    await new Promise((resolve) => worker.addEventListener('message', resolve, { once: true })); // ready
    URL.revokeObjectURL(url);
    await call('load', [spec, files]);
    await call('embed', [spec.id, texts.slice(0, 4)]);
    return { call, worker };
  }

  async function seconds(work: () => Promise<void>): Promise<number> {
    const begun = performance.now();
    await work();
    return (performance.now() - begun) / 1000;
  }

  const ours = await open(navigator.hardwareConcurrency);
  const batched = await seconds(() => ours.call('embed', [spec.id, texts]));
  ours.worker.terminate();
  const theirs = await open(Math.ceil(navigator.hardwareConcurrency / 2));
  const single = await seconds(async () => {
    for (const text of texts) await theirs.call('embed', [spec.id, [text]]);
  });
  theirs.worker.terminate();
  return { batched, single };
}
