import type { Page } from '@playwright/test';
import { storedChunks } from '../stored.ts';
import { offerRetrievalWorkers } from './retrieval-worker.ts';

/** Seconds, one of each kind a run. */
export interface EmbeddingTimes {
  readonly chunks: number;
  readonly sentences: number;
  readonly ours: readonly number[];
  readonly oneByOne: readonly number[];
}

/**
 * Embeds the document added last in two ways, by turns: as the app does, its sentences, each different
 * one once, in one call to a retrieval worker; and its chunks one text a call, with the threads
 * onnxruntime-web takes unasked, half of the cores. That is the loop the tutorials write.
 */
export async function embeddingTimes(page: Page, runs: number): Promise<EmbeddingTimes> {
  const { chunks, sentences } = await textsOfLast(page);
  await offerRetrievalWorkers(page);
  const times = await page.evaluate(measure, { chunks, sentences, runs });
  return { chunks: chunks.length, sentences: sentences.length, ...times };
}

/** As stored, of the document added last. */
async function textsOfLast(page: Page): Promise<{ chunks: string[]; sentences: string[] }> {
  const last = await page.evaluate(() => quire.collection.documents.at(-1)?.id);
  const stored = (await storedChunks(page)).filter(({ documentId }) => documentId === last);
  const sentences = stored.flatMap(({ text, sentences }) =>
    sentences.map(({ start, end }) => text.slice(start, end)),
  );
  return { chunks: stored.map(({ text }) => text), sentences: [...new Set(sentences)] };
}

/** Runs in the page: everything it uses is in its argument. */
async function measure(given: {
  chunks: string[];
  sentences: string[];
  runs: number;
}): Promise<{ ours: number[]; oneByOne: number[] }> {
  async function seconds(work: () => Promise<void>): Promise<number> {
    const begun = performance.now();
    await work();
    return (performance.now() - begun) / 1000;
  }

  const app = await openRetrievalWorker();
  const loop = await openEmbeddingWorker(Math.ceil(navigator.hardwareConcurrency / 2));
  const ours: number[] = [];
  const oneByOne: number[] = [];
  for (let run = 0; run < given.runs; run++) {
    ours.push(await seconds(async () => void (await app.call('embed', [app.modelId, given.sentences]))));
    const embedOneByOne = async () => {
      for (const text of given.chunks) await loop.call('embed', [loop.modelId, [text]]);
    };
    oneByOne.push(await seconds(embedOneByOne));
  }
  app.close();
  loop.close();
  return { ours, oneByOne };
}
