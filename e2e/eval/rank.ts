import type { Page } from '@playwright/test';
import type { Chunk } from '../../src/domain/chunk.ts';
import type { Passage } from '../../src/domain/conversation.ts';
import type { GoldenQuestion } from './golden.ts';
import { randomSample } from './random.ts';

/** Passages ranked, for recall@10 and nDCG@10; the app itself shows fewer. */
const RANKED = 10;

/** The legs of the app's search that make each ranking. */
const SEARCHES = {
  hybrid: ['vectors', 'keywords'],
  vectors: ['vectors'],
  keywords: ['keywords'],
} as const;

/** The best passages for a question by one leg. */
export async function rank(
  page: Page,
  { question, history }: GoldenQuestion,
  leg: keyof typeof SEARCHES,
): Promise<readonly Passage[]> {
  const last = history.at(-1);
  const before = last && { question: last.question, answer: { text: last.answer } };
  const { passages } = await page.evaluate(([text, options]) => quire.collection.find(text, options), [
    question,
    { before, limit: RANKED, legs: SEARCHES[leg] },
  ] as const);
  return passages;
}

/** As many passages, by chance. */
export function rankAtRandom(chunks: readonly Chunk[], { id }: GoldenQuestion): Passage[] {
  return randomSample(chunks, RANKED, id).map((chunk, index) => ({
    number: index + 1,
    chunk,
    documentName: '',
    score: 0,
    highlight: null,
  }));
}
