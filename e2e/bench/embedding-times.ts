import { readdirSync, readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import * as v from 'valibot';
import { ModelsLock } from '../../src/domain/model-spec.ts';
import type { Reply, Request } from '../../src/rpc/protocol.ts';
import { repeat } from './figures.ts';

/** Seconds, one of each kind a run. */
export interface EmbeddingTimes {
  readonly chunks: number;
  readonly batched: readonly number[];
  readonly single: readonly number[];
}

/**
 * Embeds the chunks of the document added last twice, all in one call and one text a call, in
 * a second retrieval worker: the app's own built script, spoken to as `src/rpc` speaks.
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
  return page.evaluate(async () => {
    const id = quire.collection.documents.at(-1)?.id ?? '';
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('quire');
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    try {
      const request = database.transaction('chunks').objectStore('chunks').get(id);
      await new Promise((resolve) => (request.onsuccess = resolve));
      return (request.result as { text: string }[]).map(({ text }) => text);
    } finally {
      database.close();
    }
  });
}

/** Runs in the page: everything it uses is in its argument. */
async function measure(given: {
  script: string;
  spec: { id: string; files: { path: string }[] };
  texts: string[];
}): Promise<{ batched: number; single: number }> {
  const { script, spec, texts } = given;
  const worker = new Worker(`assets/${script}`, { type: 'module' });
  const link = {
    id: 0,
    /** Settles when the call is over, whatever it yields on the way. */
    call: (method: string, args: unknown[]) =>
      new Promise<void>((resolve, reject) => {
        const id = ++link.id;
        worker.addEventListener('message', ({ data }: MessageEvent<Reply>) => {
          if (data.type === 'ready' || data.id !== id || data.type === 'yield') return;
          if (data.type === 'return') resolve();
          else reject(new Error(JSON.stringify(data)));
        });
        worker.postMessage({ type: 'call', id, method, args } satisfies Request);
      }),
  };
  try {
    await new Promise((resolve) => worker.addEventListener('message', resolve, { once: true })); // ready
    const files = new Map<string, Blob>();
    for (const { path } of spec.files) {
      files.set(path, await (await fetch(`models/${spec.id}/${path}`)).blob());
    }
    await link.call('load', [spec, files]);
    await link.call('embed', [spec.id, texts.slice(0, 4)]); // warms it
    const begun = performance.now();
    await link.call('embed', [spec.id, texts]);
    const between = performance.now();
    for (const text of texts) await link.call('embed', [spec.id, [text]]);
    return { batched: (between - begun) / 1000, single: (performance.now() - between) / 1000 };
  } finally {
    worker.terminate();
  }
}
