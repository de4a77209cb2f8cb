import type { Range } from './sentence-ranges.ts';
import { numbersOf, termsOf } from './terms.ts';

/** Of a list: states nothing. */
const LIST_MARKER = /^\s*(?:[*•-]\s*)?\(?\p{Nd}{1,2}[.)](?=\s)/gmu;
/** A number in figures, one of two or more Han characters, a word in Latin letters, quoted Chinese. */
const CANDIDATE =
  /(?<number>\p{Nd}+(?:[.,]\p{Nd}+)*)(?![\p{Script=Latin}\p{Nd}_])|(?<numeral>[〇零一二两三四五六七八九十百千万亿]{2,})|(?<word>[\p{Script=Latin}\p{Nd}_]+)|(?<=[“「『《])(?<quoted>\p{Script=Han}+)(?=[”」』》])/gu;
/** Han characters of numbers that count nothing. */
const IDIOMS = new Set(['万一', '千万', '一一', '百万']);
const HAN = /\p{Script=Han}/u;
/** The beginning of a path, as "/etc/" or "~/". */
const PATH = /(?:^|[\s(“"'`])[~.]?\/(?:[\w.-]+\/)*$/u;
/** After these a capital letter is no sign of a name. */
const OPENING = /(?:^|[.!?:;。！？：；\n"“”‘’'(（[*•`#>|-])\s*$/u;

/** Something a sentence states that must not be made up; where it stands in the sentence. */
export interface Stated extends Range {
  /** In lower case, compatibility forms unified, thousands separators removed. */
  readonly text: string;
  readonly isName: boolean;
}

/**
 * The numbers and names in a sentence. Names are words with a capital letter that does not open
 * the sentence, or with a capital, a figure or an underscore inside, parts of paths, and what is written as
 * code; in a Chinese sentence also any Latin word, and what stands in quotation marks.
 */
export function statedIn(sentence: string): Stated[] {
  const isHan = HAN.test(sentence);
  const plain = sentence.replaceAll(LIST_MARKER, (marker) => ' '.repeat(marker.length));
  return [...plain.matchAll(CANDIDATE)].flatMap(({ 0: found, index, groups }) => {
    if (groups?.['word'] && !isNameIn(found, plain.slice(0, index), plain.slice(index + found.length), isHan))
      return [];
    if (IDIOMS.has(found)) return [];
    const text = groups?.['number'] ? (numbersOf(unified(found))[0] ?? found) : unified(found);
    const isName = Boolean(groups?.['word'] ?? groups?.['quoted']);
    return [{ start: index, end: index + found.length, text, isName }];
  });
}

function isNameIn(word: string, before: string, after: string, isHan: boolean): boolean {
  if (after.startsWith('(') || isCode(before)) return true;
  if (termsOf(word).size === 0) return false;
  if (PATH.test(before)) return true;
  if (/^.+[\p{Lu}\p{Nd}_]/u.test(word) || /^\p{Nd}/u.test(word) || (isHan && word.length > 1)) return true;
  return /^\p{Lu}/u.test(word) && !OPENING.test(before);
}

/** Between backticks: after an odd number of them. */
function isCode(before: string): boolean {
  return before.split('`').length % 2 === 0;
}

/** What a sentence names, numbers left out: the terms of each. */
export function namesIn(sentence: string): string[][] {
  return statedIn(sentence)
    .filter(({ isName }) => isName)
    .map(({ text }) => [...termsOf(text)])
    .filter((terms) => terms.length > 0);
}

/** Tells of what a sentence states whether it stands in this text, plural or singular. */
export function holderOf(text: string): (stated: Stated) => boolean {
  const plain = unified(text);
  const words = new Set([
    ...(plain.match(/[\p{Script=Latin}\p{Nd}_]+/gu) ?? []),
    ...(plain.match(/\p{Nd}+/gu) ?? []),
    ...numbersOf(plain),
  ]);
  const squeezed = plain.replaceAll(/\s+/g, '');
  return ({ text: wanted }) =>
    HAN.test(wanted)
      ? squeezed.includes(wanted)
      : words.has(wanted) || words.has(`${wanted}s`) || words.has(wanted.replace(/s$/, ''));
}

function unified(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
