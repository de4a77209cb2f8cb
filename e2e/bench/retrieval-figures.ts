import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Page } from '@playwright/test';
import { ingest } from '../../scripts/ask/session.ts';
import { generated } from '../fixtures/long-documents.ts';
import { embeddingTimes } from './embedding-times.ts';
import { figure, repeat, type Figure } from './figures.ts';
import { longestTask } from './longest-task.ts';

const PAGES = 30;
/** Pages that bring the collection to about a thousand chunks. */
const FILLER_PAGES = 95;

const MADE = ['thirty-pages.pdf', 'filler.pdf'];

const QUESTIONS = [
  'How tall is the Bell Rock lighthouse?',
  'Who invented the sun valve?',
  'What did the keepers do all day?',
  'What does an occulting light look like?',
  'Why was the tower of Cape Hatteras moved?',
];

/** Ingesting a document of 30 pages, and finding passages among some thousand chunks; leaves neither behind. */
export async function retrievalFigures(page: Page, runs: number): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'quire-bench-'));
  try {
    const document = await makePdf(folder, 'thirty-pages.pdf', PAGES, 30);
    const ingests: number[] = [];
    const tasks = await repeat(runs, () =>
      longestTask(page, async () => ingests.push(await ingestTime(page, document))),
    );
    const { chunks, sentences, ours, oneByOne } = await embeddingTimes(page, runs);
    await ingest(page, [await makePdf(folder, 'filler.pdf', FILLER_PAGES, 95)]);
    const [first = NaN, ...searches] = await repeat(runs + 1, (run) =>
      searchTime(page, QUESTIONS[run % QUESTIONS.length] ?? ''),
    );
    const total = await page.evaluate(() =>
      quire.collection.documents.reduce((sum, { chunkCount }) => sum + chunkCount, 0),
    );
    const among = `${String(total)} chunks`;
    return [
      figure('search', `Passages on the screen after Enter, ${among}`, 'ms', searches, '≤ 300 ms'),
      figure('search-first', 'The same, first question: the index is built', 'ms', [first]),
      figure('ingest', `A PDF of ${String(PAGES)} pages ingested`, 's', ingests, '≤ 30 s'),
      figure(
        'ingest-rate',
        'Pages ingested a second',
        'pages/s',
        ingests.map((time) => PAGES / time),
      ),
      figure('ingest-task', 'Longest task of the main thread meanwhile', 'ms', tasks, '≤ 200 ms'),
      figure('embed-sentences', `Its ${String(sentences)} different sentences embedded`, 's', ours),
      figure(
        'embed-single',
        `Its ${String(chunks)} chunks one by one, with the threads onnxruntime-web takes unasked`,
        's',
        oneByOne,
      ),
      figure(
        'embed-gain',
        'Embedding faster than chunks one by one',
        'times',
        oneByOne.map((time, run) => time / (ours[run] ?? NaN)),
        '≥ 2 times',
      ),
    ];
  } finally {
    await page.evaluate(async (names) => {
      for (const { id, name } of quire.collection.documents) {
        if (names.includes(name)) await quire.collection.remove(id);
      }
    }, MADE);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function makePdf(folder: string, name: string, pages: number, seed: number): Promise<string> {
  const path = join(folder, name);
  writeFileSync(path, await (await generated(name, pages, seed)).save());
  return path;
}

/** Seconds from handing over the file until it is searched. The one before it is removed first. */
async function ingestTime(page: Page, path: string): Promise<number> {
  const file = { name: basename(path), base64: readFileSync(path).toString('base64') };
  return page.evaluate(async ({ name, base64 }) => {
    const { collection } = quire;
    const before = collection.documents.find((document) => document.name === name);
    if (before) await collection.remove(before.id);
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const started = performance.now();
    collection.ingestions.addFiles([new File([bytes], name)]);
    while (collection.ingestions.list.some(({ status }) => status.kind !== 'failed')) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    if (collection.ingestions.list.length > 0) throw new Error(`${name} could not be ingested`);
    return (performance.now() - started) / 1000;
  }, file);
}

/** Milliseconds from asking until the passages are in a frame. */
async function searchTime(page: Page, question: string): Promise<number> {
  return page.evaluate(async (text) => {
    const { conversation } = quire;
    conversation.startNew();
    while (document.querySelector('.passages li')) await new Promise(requestAnimationFrame);
    const started = performance.now();
    conversation.ask(text, true);
    while (!document.querySelector('.passages li')) await new Promise(requestAnimationFrame);
    const elapsed = performance.now() - started;
    while (conversation.status.kind !== 'idle') await new Promise(requestAnimationFrame);
    return elapsed;
  }, question);
}
