import * as v from 'valibot';
import type { Passage, Signals } from '../domain/conversation.ts';
import { namesIn } from '../domain/stated.ts';
import { languageOf, termsOf } from '../domain/terms.ts';
import fitted from './answerable.json';
import type { Rarity } from './score-sentences.ts';

/** A logistic regression over signals brought to mean 0 and deviation 1. */
export const Calibration = v.object({
  bias: v.number(),
  /** Refused below this probability. */
  threshold: v.number(),
  signals: v.object({
    lead: v.object({ weight: v.number(), mean: v.number(), deviation: v.number() }),
    likeness: v.object({ weight: v.number(), mean: v.number(), deviation: v.number() }),
    missingName: v.object({ weight: v.number(), mean: v.number(), deviation: v.number() }),
    hasName: v.object({ weight: v.number(), mean: v.number(), deviation: v.number() }),
  }),
});
export type Calibration = v.InferOutput<typeof Calibration>;

/** Made by `npm run fit` from the tuned half of the eval. */
const CALIBRATION = v.parse(Calibration, fitted);

/**
 * Likeness of the nearest sentence where there is an answer, the mean of the tuned half of the eval: the Chinese
 * embedding model gives less of it than the English one.
 */
const ANSWERED = { en: 0.64, zh: 0.57 } as const;

/**
 * What speaks for and against an answer in the passages.
 * @param likeness of all their sentences
 */
export function signalsOf(
  question: string,
  passages: readonly Passage[],
  { likeness, rarity }: { readonly likeness: readonly number[]; readonly rarity: Rarity },
): Signals {
  const [best = 0, ...field] = passages
    .map(({ standing }) => standing?.keywordScore ?? 0)
    .sort((a, b) => b - a);
  const mean = field.reduce((sum, score) => sum + score, 0) / Math.max(1, field.length);
  const shown = new Set(passages.flatMap(({ chunk }) => [...termsOf(chunk.text)]));
  const names = namesIn(question);
  const missing = names.filter((name) => !shown.has(name)).map((name) => rarity.get(name) ?? 1);
  return {
    lead: best > 0 ? (best - mean) / best : 0,
    likeness: Math.max(0, ...likeness) / ANSWERED[languageOf(question)],
    missingName: Math.max(0, ...missing),
    hasName: names.length > 0 ? 1 : 0,
  };
}

/** How probable it is that the documents hold the answer, 0 to 1. */
export function probability(of: Signals, { bias, signals }: Calibration = CALIBRATION): number {
  let sum = bias;
  for (const name of SIGNALS) {
    const { weight, mean, deviation } = signals[name];
    sum += (weight * (of[name] - mean)) / deviation;
  }
  return 1 / (1 + Math.exp(-sum));
}

export const SIGNALS = ['lead', 'likeness', 'missingName', 'hasName'] as const;

/** Whether the documents seem not to hold the answer. */
export function isDoubtful(signals: Signals): boolean {
  return probability(signals) < CALIBRATION.threshold;
}
