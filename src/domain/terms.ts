import type { Language } from './source-document.ts';

const HAN = /\p{Script=Han}/u;
const LETTER = /\p{L}/gu;

/** Words that say nothing about what a text is about. */
const STOP_WORDS = new Set(
  (
    'a an the this that these those it its is are was were be been being am do does did done has have had ' +
    'i you he she we they me him her us them my your his our their who whom whose which what when where why ' +
    'how and or but if then than so as at by for from in into of off on onto out over to under up with without ' +
    'about not no nor can could will would shall should may might must there here also just only very too more ' +
    'most some any each all both few such own same other'
  ).split(' '),
);
const STOP_CHARACTERS = new Set(
  '的了是在和与及或也都就而但为以于对从到把被让给有没不这那哪些个什么吗呢吧啊多少怎样谁其之它他她',
);

/** Chinese when a fifth of its letters are Han characters: questions mix in Latin names. */
export function languageOf(text: string): Language {
  const letters = text.match(LETTER) ?? [];
  const han = letters.filter((letter) => HAN.test(letter)).length;
  return han > letters.length / 5 ? 'zh' : 'en';
}

/**
 * What a text speaks of, for comparing two texts: lower-case words without stop words and plural
 * or verb endings, numbers as they stand, and pairs of neighbouring Han characters.
 */
export function termsOf(text: string): Set<string> {
  return new Set(termList(text));
}

/**
 * The same terms as often as they come up: what the keyword index holds. Words that `Intl.Segmenter`
 * finds, added to the pairs of Han characters or in their place, find no more in the eval.
 */
export function termList(text: string): string[] {
  const plain = text.normalize('NFKC').toLowerCase();
  return (plain.match(/\p{Script=Han}+|[\p{L}\p{N}]+(?:[.,]\p{N}+)*/gu) ?? []).flatMap((word) => {
    if (HAN.test(word)) return pairs(word);
    if (/\p{N}/u.test(word)) return word.replaceAll(',', '');
    return STOP_WORDS.has(word) ? [] : stem(word);
  });
}

/** The numbers in a text, thousands separators removed. */
export function numbersOf(text: string): string[] {
  return (text.match(/\p{Nd}+(?:[.,]\p{Nd}+)*/gu) ?? []).map((number) => number.replaceAll(',', ''));
}

/** Share of `wanted` that is also in `present`, 0 to 1; 0 when nothing is wanted. */
export function overlap(wanted: ReadonlySet<string>, present: ReadonlySet<string>): number {
  if (wanted.size === 0) return 0;
  let shared = 0;
  for (const term of wanted) if (present.has(term)) shared++;
  return shared / wanted.size;
}

function pairs(run: string): string[] {
  const characters = [...run];
  const all = characters.slice(1).map((second, i) => `${characters[i] ?? ''}${second}`);
  return all.filter((pair) => ![...pair].some((character) => STOP_CHARACTERS.has(character)));
}

/** Enough to make "builds", "building" and "built-in"'s first word meet; not a linguist's stem. */
function stem(word: string): string {
  if (word.length < 5) return word.replace(/s$/, '');
  return word.replace(/(?:ies|ied)$/, 'y').replace(/(?:ing|edly|ed|es|ly|s|e)$/, '');
}
