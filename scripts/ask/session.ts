import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import type { Page } from '@playwright/test';
import type { Passage, Timings, Turn } from '../../src/domain/conversation.ts';
import type { AppState } from '../../src/state/context.ts';
import type { Asked } from '../ask.ts';

declare global {
  /** Set by src/main.ts: the state the page shows. */
  var quire: AppState;
}

/** Longest wait for one document, download or answer, in ms. */
const LIMIT = 30 * 60_000;

export interface Result {
  readonly id: string | number;
  readonly question: string;
  readonly answer: string | null;
  /** `passages-only` when no language model was asked, `nothing-found` when no passage fits. */
  readonly status: 'complete' | 'length' | 'interrupted' | 'not-found' | 'passages-only' | 'nothing-found';
  /** In rank order. */
  readonly passages: readonly {
    readonly document: string;
    readonly page: number;
    readonly text: string;
    readonly score: number;
  }[];
  readonly citations: readonly { readonly sentence: string; readonly passage: number | null }[];
  readonly timings: Timings | { readonly retrievalMs: number };
  /** Wall-clock time of the whole question. */
  readonly totalMs: number;
}

/** Adds the files through the page's own file field and waits for the last. @throws Error naming those that failed */
export async function ingest(page: Page, files: readonly string[]): Promise<void> {
  for (const file of files) if (!existsSync(file)) throw new Error(`There is no file ${file}.`);
  await page.waitForFunction(() => ['ready', 'failed'].includes(quire.collection.status.kind), null, {
    timeout: LIMIT,
  });
  if (files.length > 0)
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles([...files]);
  const over = () => quire.collection.ingestions.list.every(({ status }) => status.kind === 'failed');
  await page.waitForFunction(over, null, { timeout: LIMIT, polling: 100 });
  const failed = await page.evaluate(() =>
    quire.collection.ingestions.list.map(
      ({ name, status }) => `${name}: ${status.kind === 'failed' ? status.failure.kind : ''}`,
    ),
  );
  if (failed.length > 0)
    throw new Error(`Not read: ${failed.join('; ')} (of ${files.map((f) => basename(f)).join(', ')})`);
}

/** Fetches the language model from the app's own host when it is not stored yet, and loads it. */
export async function readyModel(page: Page, modelId: string | undefined): Promise<void> {
  await page.evaluate(async (id) => {
    if (id !== undefined) await quire.models.choose(id);
    await quire.models.restored;
    const { spec, status } = quire.models.chosen;
    if (['absent', 'paused'].includes(status.kind)) void quire.models.download(spec.id);
  }, modelId);
  const settled = () => ['ready', 'failed'].includes(quire.models.chosen.status.kind);
  await page.waitForFunction(settled, null, { timeout: LIMIT, polling: 100 });
  const { spec, status } = await page.evaluate(() => quire.models.chosen);
  if (status.kind === 'failed') throw new Error(`${spec.name} could not be loaded: ${status.failure.kind}`);
}

/** Asks one question in a conversation of its own. @throws Error naming the failure */
export async function ask(page: Page, asked: Asked, passagesOnly: boolean): Promise<Result> {
  const { turn, totalMs } = await askTurn(page, asked, passagesOnly);
  return { id: asked.id, ...resultOf(turn), totalMs };
}

/** The same, with everything the app keeps of it. */
export async function askTurn(
  page: Page,
  { question, history }: Omit<Asked, 'id'>,
  passagesOnly: boolean,
): Promise<{ readonly turn: Turn; readonly totalMs: number }> {
  const started = performance.now();
  await page.evaluate(
    ([text, earlier, only]) => {
      const answer = { status: 'complete' as const, citations: [], modelId: '' };
      const timings = { promptTokens: 0, cachedTokens: 0, prefillMs: 0, completionTokens: 0, decodeMs: 0 };
      const before = earlier.map((turn, index) => ({
        id: `before-${String(index)}`,
        question: turn.question,
        askedAt: 0,
        scope: { kind: 'all' as const },
        retrievalMs: 0,
        passages: [],
        answer: { ...answer, text: turn.answer, timings: { ...timings, retrievalMs: 0 } },
      }));
      quire.conversation.startNew(before);
      quire.conversation.ask(text, only);
    },
    [question, history, passagesOnly] as const,
  );
  const over = () => ['idle', 'failed'].includes(quire.conversation.status.kind);
  await page.waitForFunction(over, null, { timeout: LIMIT, polling: 20 });
  const { status, turn } = await page.evaluate(() => ({
    status: quire.conversation.status,
    turn: quire.conversation.turns.at(-1),
  }));
  if (status.kind === 'failed') throw new Error(`"${question}" failed: ${JSON.stringify(status.failure)}`);
  if (!turn) throw new Error(`"${question}" left no turn.`);
  return { turn, totalMs: performance.now() - started };
}

function resultOf({ question, answer, passages, retrievalMs }: Turn): Omit<Result, 'id' | 'totalMs'> {
  return {
    question,
    answer: answer?.text ?? null,
    status: answer?.status ?? (passages.length > 0 ? 'passages-only' : 'nothing-found'),
    passages: passages.map((passage) => ({
      document: passage.documentName,
      page: pageOf(passage),
      text: passage.chunk.text,
      score: passage.score,
    })),
    citations: (answer?.citations ?? []).map(({ start, end, passage }) => ({
      sentence: answer?.text.slice(start, end) ?? '',
      passage,
    })),
    timings: answer?.timings ?? { retrievalMs },
  };
}

function pageOf(passage: Passage): number {
  return passage.chunk.spans[0]?.page ?? 1;
}
