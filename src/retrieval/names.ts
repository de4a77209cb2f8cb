import { languageOf, termsOf } from '../domain/terms.ts';

const WORD = /[\p{Script=Latin}\d_./-]*\p{Script=Latin}[\p{Script=Latin}\d_./-]*/gu;
/** After these a capital letter is no sign of a name. */
const OPENING = /(?:^|[.!?:;]\s*)$/u;

/**
 * The terms of a question that name something: words with a capital letter that does not open a
 * sentence, or with a capital, figure, dot or slash inside; in Chinese any Latin word.
 */
export function namesIn(question: string): string[] {
  const isHan = languageOf(question) === 'zh';
  const plain = question.normalize('NFKC');
  const names = [...plain.matchAll(WORD)]
    .filter(({ 0: word, index }) => isName(word, plain.slice(0, index), isHan))
    .flatMap(([word]) => [...termsOf(word)]);
  return [...new Set(names)];
}

function isName(word: string, before: string, isHan: boolean): boolean {
  if (/^.+[\p{Lu}\d_./]/u.test(word.replace(/[./-]+$/, ''))) return true;
  if (isHan) return word.length > 1;
  return /^\p{Lu}/u.test(word) && word !== 'I' && !OPENING.test(before);
}
