import type { Turn } from '../domain/conversation.ts';
import { termsOf } from '../domain/terms.ts';

/** As much of a turn as the next question can lean on. */
export type Earlier = Pick<Turn, 'question'> & { readonly answer: { readonly text: string } | null };

/** Marks of a question that makes no sense alone: "And who wrote it?", “它有多高？”. */
const LEANING =
  /^(?:and|but|or|so|then)\b|^(?:what|how) about\b|\b(?:it|its|they|them|their|he|him|his|she|her|this|that|these|those)\b|[它他她]|^那|呢[？?]?$/i;

/** What a question is searched by: together with the one before when it leans on that. */
export function standalone(question: string, before: Earlier | undefined): string {
  const leaning = before && (LEANING.test(question) || termsOf(question).size === 0);
  return leaning ? `${before.question} ${question}` : question;
}
