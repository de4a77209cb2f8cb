import type { Page } from '@playwright/test';
import type { Timings, Turn } from '../../src/domain/conversation.ts';
import { estimateTokens } from '../../src/generation/estimate-tokens.ts';
import { excerptText } from '../../src/generation/excerpt.ts';
import { prompt } from '../../src/generation/prompt.ts';
import { readyModel } from '../../scripts/ask/session.ts';
import { figure, repeat, type Figure } from './figures.ts';
import { languageModel } from './models.ts';
import { readByStock } from './same-prompt.ts';

/** Longest wait for one answer, in ms. */
const LIMIT = 10 * 60_000;

/** Between two letters: 40 words of five letters and a space a minute. */
const LETTER_MS = 250;

/** A question about the sample and a follow-up on the same passages. */
const PAIRS = [
  ['How was the third Eddystone tower built?', 'What was its mortar made of?'],
  ['Who built the Bell Rock lighthouse?', 'When was it first lit?'],
  ['How did Fresnel make a large lens thin?', 'Where was it first lit?'],
  ['What happened at the Flannan Isles?', 'And what did the inquiry conclude about it?'],
  ['How was the tower of Cape Hatteras moved?', 'How long did it take?'],
] as const;

/**
 * Reading and writing speed of a model, what a follow-up question saves, and how long wllama's engine
 * reads the same prompt.
 * @param name as `--models` calls it
 */
export async function answerFigures(page: Page, name: string, runs: number): Promise<Figure[]> {
  const model = languageModel(name);
  await readyModel(page, model.id);
  const threads = await page.evaluate(() => {
    const { status } = quire.models.chosen;
    return status.kind === 'ready' ? status.threads : 0;
  });
  const subject = `${model.name}, ${threads === 1 ? '1 thread' : `${String(threads)} threads`}`;
  const pairs = await repeat(runs, async (run) => {
    const [question, followUp] = PAIRS[run % PAIRS.length] ?? PAIRS[0];
    await page.evaluate(() => quire.conversation.startNew());
    const first = await ask(page, question);
    const stockMs = await readByStock(page.context(), model, threads, first.turn);
    const next = await ask(page, followUp);
    await page.evaluate(() => quire.conversation.startNew());
    return { first, stockMs, next, typed: await askTyped(page, question) };
  });
  const of = (
    label: string,
    unit: string,
    value: (pair: (typeof pairs)[number]) => number,
    goal?: string,
  ) => {
    const id = `${model.id} ${label}`.toLowerCase().replaceAll(/[^a-z0-9.]+/g, '-');
    return figure(id, `${subject}: ${label}`, unit, pairs.map(value), model.default ? goal : undefined);
  };
  return [
    of('prompt of a question', 'tokens', ({ first }) => first.promptTokens),
    of('passages of a question before they are cut', 'tokens', ({ first }) => first.wholeTokens),
    of('passages of a question as they are read', 'tokens', ({ first }) => first.readTokens),
    of('prefill of a question', 'ms', ({ first }) => first.prefillMs),
    of('prompt of a follow-up', 'tokens', ({ next }) => next.promptTokens),
    of('of these in the cache', 'tokens', ({ next }) => next.cachedTokens),
    of('prefill of a follow-up', 'ms', ({ next }) => next.prefillMs),
    of('first token of a question', 'ms', ({ first }) => first.firstTokenMs),
    of("first token of the same prompt by wllama's engine", 'ms', ({ stockMs }) => stockMs),
    of(
      "first token of a question sooner than by wllama's engine",
      'times',
      ({ first, stockMs }) => stockMs / first.firstTokenMs,
      '≥ 5 times',
    ),
    of(
      'first token of a question typed at 40 words a minute',
      'ms',
      ({ typed }) => typed.firstTokenMs,
      '≤ 3,000 ms',
    ),
    of('first token of a follow-up', 'ms', ({ next }) => next.firstTokenMs),
    of('whole answer of a question', 'ms', ({ first }) => first.answerMs),
    of('prefill', 'tokens/s', ({ first }) => prefillSpeed(first)),
    of('decode', 'tokens/s', ({ first }) => (first.completionTokens / first.decodeMs) * 1000),
  ];
}

function prefillSpeed({ promptTokens, cachedTokens, prefillMs }: Measured): number {
  return ((promptTokens - cachedTokens) / prefillMs) * 1000;
}

interface Measured extends Timings {
  readonly turn: Turn;
  /** From asking until the first letter of the answer is in the page's state. */
  readonly firstTokenMs: number;
  readonly answerMs: number;
  /** Estimated: the passages read from, all of them. */
  readonly wholeTokens: number;
  /** Estimated: what is read of them. */
  readonly readTokens: number;
}

/** Letter by letter into the page's own field, then Enter. Another question was read last. */
async function askTyped(page: Page, question: string): Promise<Measured> {
  await page.getByRole('textbox', { name: 'Question' }).pressSequentially(question, { delay: LETTER_MS });
  return measure(page, question, async () => page.keyboard.press('Enter'));
}

async function ask(page: Page, question: string): Promise<Measured> {
  return measure(page, question, () => page.evaluate((text) => quire.conversation.ask(text), question));
}

async function measure(page: Page, question: string, start: () => Promise<void>): Promise<Measured> {
  const firstToken = page.evaluate(
    () =>
      new Promise<{ asked: number; first: number }>((resolve) => {
        let asked = 0;
        const before = quire.conversation.turns.length;
        const look = setInterval(() => {
          const { live, turns } = quire.conversation;
          if (live && asked === 0) asked = performance.now();
          if (!live?.text && turns.length === before) return;
          clearInterval(look);
          resolve({ asked, first: performance.now() });
        }, 5);
      }),
  );
  await start();
  const { asked, first } = await firstToken;
  const over = () => ['idle', 'failed'].includes(quire.conversation.status.kind);
  await page.waitForFunction(over, null, { timeout: LIMIT, polling: 50 });
  const answerMs = (await page.evaluate(() => performance.now())) - asked;
  const turn = await page.evaluate(() => quire.conversation.turns.at(-1));
  if (!turn?.answer) throw new Error(`"${question}" was not answered.`);
  return { ...turn.answer.timings, turn, firstTokenMs: first - asked, answerMs, ...cut(turn) };
}

function cut({ question, passages }: Turn): Pick<Measured, 'wholeTokens' | 'readTokens'> {
  const read = prompt(question, passages).laidOut;
  const sum = (texts: readonly string[]) => texts.reduce((tokens, text) => tokens + estimateTokens(text), 0);
  return {
    wholeTokens: sum(read.map(({ passage }) => passage.chunk.text)),
    readTokens: sum(read.map(excerptText)),
  };
}
