import type { Page } from '@playwright/test';
import type { Timings } from '../../src/domain/conversation.ts';
import { readyModel } from '../../scripts/ask/session.ts';
import { figure, repeat, type Figure } from './figures.ts';

/** Longest wait for one answer, in ms. */
const LIMIT = 10 * 60_000;

/** A question about the sample and a follow-up on the same passages. */
const PAIRS = [
  ['How was the third Eddystone tower built?', 'What was its mortar made of?'],
  ['Who built the Bell Rock lighthouse?', 'When was it first lit?'],
  ['How did Fresnel make a large lens thin?', 'Where was it first lit?'],
  ['What happened at the Flannan Isles?', 'And what did the inquiry conclude about it?'],
  ['How was the tower of Cape Hatteras moved?', 'How long did it take?'],
] as const;

/** Reading and writing speed of a model, and what a follow-up question saves. */
export async function answerFigures(page: Page, modelId: string, runs: number): Promise<Figure[]> {
  await readyModel(page, modelId);
  const name = await page.evaluate(() => {
    const { spec, status } = quire.models.chosen;
    return `${spec.name}, ${String(status.kind === 'ready' ? status.threads : 0)} threads`;
  });
  const pairs = await repeat(runs, async (run) => {
    const [question, followUp] = PAIRS[run % PAIRS.length] ?? PAIRS[0];
    await page.evaluate(() => quire.conversation.startNew());
    return { first: await ask(page, question), next: await ask(page, followUp) };
  });
  const of = (label: string, unit: string, value: (pair: (typeof pairs)[number]) => number) => {
    const id = `${modelId} ${label}`.toLowerCase().replaceAll(/[^a-z0-9.]+/g, '-');
    return figure(id, `${name}: ${label}`, unit, pairs.map(value));
  };
  return [
    of('prompt of a question', 'tokens', ({ first }) => first.promptTokens),
    of('prefill of a question', 'ms', ({ first }) => first.prefillMs),
    of('prompt of a follow-up', 'tokens', ({ next }) => next.promptTokens),
    of('of these in the cache', 'tokens', ({ next }) => next.cachedTokens),
    of('prefill of a follow-up', 'ms', ({ next }) => next.prefillMs),
    of('prefill', 'tokens/s', ({ first }) => prefillSpeed(first)),
    of('decode', 'tokens/s', ({ first }) => (first.completionTokens / first.decodeMs) * 1000),
  ];
}

function prefillSpeed({ promptTokens, cachedTokens, prefillMs }: Timings): number {
  return ((promptTokens - cachedTokens) / prefillMs) * 1000;
}

async function ask(page: Page, question: string): Promise<Timings> {
  await page.evaluate((text) => quire.conversation.ask(text), question);
  const over = () => ['idle', 'failed'].includes(quire.conversation.status.kind);
  await page.waitForFunction(over, null, { timeout: LIMIT, polling: 50 });
  const answer = await page.evaluate(() => quire.conversation.turns.at(-1)?.answer);
  if (!answer) throw new Error(`"${question}" was not answered.`);
  return answer.timings;
}
