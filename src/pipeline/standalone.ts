import type { Earlier } from '../domain/conversation.ts';
import { sentenceRanges } from '../domain/sentence-ranges.ts';
import { languageOf, termsOf } from '../domain/terms.ts';

/** Marks of a question that makes no sense alone: "And who wrote it?", “它有多高？”. */
const LEANING =
  /^(?:and|but|or|so|then)\b|^(?:what|how) about\b|\b(?:it|its|they|them|their|he|him|his|she|her|this|that|these|those|one|same|instead|else)\b|[它他她]|^那|呢[？?]?$/i;

/** The turn before, when the question leans on it: in the prompt of any other it answers in the question's place. */
export function leanedOn(question: string, before: Earlier | undefined): Earlier | undefined {
  return LEANING.test(question) || termsOf(question).size === 0 ? before : undefined;
}

/**
 * What a question is searched by. One that leans on the turn before is searched with its question
 * and the first sentence of its answer: on the eval's follow-ups the question alone finds 3 of 7
 * pages, with the question before 6, with the answer as well all 7; the answer's names alone add
 * nothing.
 */
export function standalone(question: string, before: Earlier | undefined): string {
  const earlier = leanedOn(question, before);
  if (!earlier) return question;
  return [earlier.question, firstSentence(earlier.answer?.text ?? ''), question].filter(Boolean).join(' ');
}

function firstSentence(text: string): string {
  const [first] = sentenceRanges(text, languageOf(text));
  return first ? text.slice(first.start, first.end) : '';
}
