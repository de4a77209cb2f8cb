import type { GoldenQuestion } from './golden.ts';

/** Documents small enough that all of it takes less than ten minutes on two cores. */
export const SHORT_DOCUMENTS = ['r-faq', 'fhs', 'r-lang', 'lshort-zh-cn', 'two-columns', 'rotated', 'tables'];

/** Questions of the short version that the language model answers, too. */
const ANSWERED = 12;

/** Evenly drawn, so that every document and kind has its chance. */
export function drawAnswered(questions: readonly GoldenQuestion[]): ReadonlySet<GoldenQuestion> {
  const step = Math.max(1, questions.length / ANSWERED);
  return new Set(questions.filter((_, index) => Math.floor(index / step) > Math.floor((index - 1) / step)));
}
