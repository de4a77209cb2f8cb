import type { Page } from '@playwright/test';
import type { Chunk } from '../../src/domain/chunk.ts';
import { storedChunks } from '../stored.ts';
import { figure, type Figure } from './figures.ts';
import { offerRetrievalWorkers } from './retrieval-worker.ts';

const SIZES = [1_000, 10_000, 50_000];
const SEARCHES = 5;

/**
 * Finding passages in large collections: chunks that are stored, over and over with their words in another
 * order, and vectors by chance, which are the hardest to tell apart.
 */
export async function largeCollections(page: Page): Promise<Figure[]> {
  const stored = await storedChunks(page);
  await offerRetrievalWorkers(page);
  const figures: Figure[] = [];
  for (const size of SIZES) {
    const { insertedMs, searchMs } = await page.evaluate(measure, { stored, size, searches: SEARCHES });
    const [first = NaN, ...others] = searchMs;
    const among = `${size.toLocaleString('en')} chunks`;
    figures.push(
      figure(`insert-${String(size)}`, `${among} given to the indexes`, 'ms', [insertedMs]),
      figure(`search-first-${String(size)}`, `First search among ${among}`, 'ms', [first]),
      figure(`search-${String(size)}`, `Search among ${among}`, 'ms', others),
    );
  }
  return figures;
}

/** Runs in the page: everything it uses is in its argument. */
async function measure(given: {
  stored: Chunk[];
  size: number;
  searches: number;
}): Promise<{ insertedMs: number; searchMs: number[] }> {
  const { stored, size, searches } = given;
  const DIMENSION = 384;
  const DOCUMENT = 500;

  function documentAt(start: number): { chunks: Chunk[]; vectors: Int8Array } {
    const documentId = `document-${String(start)}`;
    const chunks = Array.from({ length: Math.min(DOCUMENT, size - start) }, (_, ordinal) => {
      const { text: own = '', sentences = [] } = stored[(start + ordinal) % stored.length] ?? {};
      const words = own.split(' ');
      const turn = Math.floor(Math.random() * words.length);
      const text = [...words.slice(turn), ...words.slice(0, turn)].join(' ');
      return { id: `${documentId}:${String(ordinal)}`, documentId, ordinal, text, spans: [], sentences };
    });
    const rows = chunks.reduce((sum, { sentences }) => sum + sentences.length, 0);
    const vectors = new Int8Array(rows * DIMENSION).map(() => Math.round((Math.random() - 0.5) * 254));
    return { chunks, vectors };
  }

  async function time(work: () => Promise<unknown>): Promise<number> {
    const begun = performance.now();
    await work();
    return performance.now() - begun;
  }

  const worker = await openRetrievalWorker();
  let insertedMs = 0;
  for (let start = 0; start < size; start += DOCUMENT) {
    const { chunks, vectors } = documentAt(start);
    insertedMs += await time(() =>
      worker.call('insert', [chunks[0]?.documentId, worker.modelId, chunks, vectors]),
    );
  }
  const searchMs: number[] = [];
  for (let search = 0; search <= searches; search++) {
    const question = (stored[search % stored.length]?.text ?? '').split(' ').slice(0, 8).join(' ');
    const options = { limit: 8, scope: { kind: 'all' } };
    searchMs.push(await time(() => worker.call('search', [question, options])));
  }
  worker.close();
  return { insertedMs, searchMs };
}
