import * as v from 'valibot';
import type { Passage, Signals } from '../domain/conversation.ts';
import { namesIn } from '../domain/stated.ts';
import { languageOf, termsOf } from '../domain/terms.ts';
import fitted from './answerable.json';
import type { Rarity } from './score-sentences.ts';

const Weighing = v.object({ weight: v.number(), mean: v.number(), deviation: v.number() });

/** A logistic regression over signals brought to mean 0 and deviation 1. */
export const Calibration = v.object({
  bias: v.number(),
  /** Refused below this probability. */
  threshold: v.number(),
  /** Below this one refused when no sentence of the answer is proved. */
  unlessProved: v.number(),
  signals: v.object({
    margin: Weighing,
    likeness: Weighing,
    missingName: Weighing,
    hasName: Weighing,
    length: Weighing,
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

/** Sentences that the best one is compared with. */
const FIELD = 8;
/** Terms from which on a question is as good as any longer one. */
const LONGEST = 20;

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
    .flatMap(({ sentences = [] }) => sentences.map(({ score }) => score))
    .sort((a, b) => b - a)
    .slice(0, 1 + FIELD);
  const shown = new Set(passages.flatMap(({ chunk }) => [...termsOf(chunk.text)]));
  const names = namesIn(question);
  const missing = names.map((terms) =>
    mean(terms.map((term) => (shown.has(term) ? 0 : (rarity.get(term) ?? 1)))),
  );
  return {
    margin: best - mean(field),
    likeness: Math.max(0, ...likeness) / ANSWERED[languageOf(question)],
    missingName: Math.max(0, ...missing),
    hasName: names.length > 0 ? 1 : 0,
    length: Math.min(termsOf(question).size, LONGEST),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
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

export const SIGNALS = ['margin', 'likeness', 'missingName', 'hasName', 'length'] as const;

/** Whether the documents hold the answer: so it seems, not, or only if one of its sentences turns out to be proved. */
export type Verdict = 'answerable' | 'if-proved' | 'doubtful';

export function verdictOn(signals: Signals): Verdict {
  const held = probability(signals);
  if (held < CALIBRATION.threshold) return 'doubtful';
  return held < CALIBRATION.unlessProved ? 'if-proved' : 'answerable';
}
