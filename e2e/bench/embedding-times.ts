import type { Page } from '@playwright/test';
import { storedChunks } from '../stored.ts';
import { repeat } from './figures.ts';
import { offerRetrievalWorkers } from './retrieval-worker.ts';

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
  const texts = await chunkTexts(page);
  await offerRetrievalWorkers(page);
  const measured = await repeat(runs, () => page.evaluate(measure, texts));
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

/** Runs in the page: everything it uses is in its argument. */
async function measure(texts: string[]): Promise<{ batched: number; single: number }> {
  async function seconds(work: () => Promise<void>): Promise<number> {
    const begun = performance.now();
    await work();
    return (performance.now() - begun) / 1000;
  }

  const ours = await openRetrievalWorker(navigator.hardwareConcurrency);
  const batched = await seconds(async () => void (await ours.call('embed', [ours.modelId, texts])));
  ours.close();
  const theirs = await openRetrievalWorker(Math.ceil(navigator.hardwareConcurrency / 2));
  const single = await seconds(async () => {
    for (const text of texts) await theirs.call('embed', [theirs.modelId, [text]]);
  });
  theirs.close();
  return { batched, single };
}
