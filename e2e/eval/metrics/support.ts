/**
 * Whether a text supports a sentence, judged by words alone and by code that has nothing in
 * common with the app's own citing (`src/generation`, `src/domain/terms.ts`): it segments words by
 * dictionary and compares the beginnings of words where the app compares stems and pairs of Han
 * characters. It cannot see a negation, nor that true words are put together wrongly, and takes a
 * paraphrase in quite other words for unsupported.
 */

/** Share of the content words of a sentence that must stand in what supports it. */
const SHARE = 0.5;

const STOP_WORDS = new Set(
  (
    'a about after all also am an and any are as at be been being but by can could did do does each etc for from ' +
    'had has have he her here his how however i if in into is it its itself may might more most must no not of on ' +
    'one only or other our out own she should so some such than that the their them then there therefore these ' +
    'they this those through to too under up use used uses using very was we were what when where which while who ' +
    'why will with would you your according answer passage passages question text document documents mentioned ' +
    '的 了 是 在 和 与 及 或 也 都 就 而 但 为 以 于 对 从 到 把 被 让 给 有 没有 不 这 那 这个 那个 哪 什么 它 他 她 他们 ' +
    '它们 我们 你 您 一个 一种 可以 需要 使用 如果 因为 所以 根据 文档 问题 答案 回答 文中 通过 进行 以及 其中 这些 那些'
  ).split(' '),
);

const segmenter = new Intl.Segmenter('zh-CN', { granularity: 'word' });
const HAN = /\p{Script=Han}/u;
/** Of a list: no fact. */
const LIST_MARKER = /^\s*(?:[*•-]\s*)?\(?\d{1,2}[.)](?=\s)/gmu;
/** Its unit may be written to it: "350MB". */
const NUMBER = /(?<![\p{Script=Latin}\d_.,-])\d+(?:[.,]\d+)*/gu;
const LATIN_WORD = /(?<![\p{Script=Latin}\d_])[\p{Script=Latin}_][\p{Script=Latin}\d_]*/gu;
/** After these a capital is no sign of a name. */
const OPENING = /(?:^|[.!?:;。！？：；\n"“”‘’'(（[*•`#>|-])\s*$/u;

/** Numbers and names that a sentence states: what must never be made up. Names in lower case. */
export function statedIn(sentence: string): { numbers: string[]; names: string[] } {
  const text = sentence.normalize('NFKC').replaceAll(LIST_MARKER, '');
  const words = [...text.matchAll(LATIN_WORD)];
  const names = words
    .filter(({ 0: word, index }) => isName(word, text.slice(0, index)))
    .map(([word]) => word.toLowerCase())
    .filter((word) => !STOP_WORDS.has(word));
  return { numbers: numbersIn(text), names };
}

/** Capitals or digits inside a word make it a name, and so does a capital first letter within a sentence. */
function isName(word: string, before: string): boolean {
  if (/^.+[\p{Lu}\d_]/u.test(word)) return true;
  return /^\p{Lu}/u.test(word) && !OPENING.test(before);
}

function numbersIn(text: string): string[] {
  return (text.match(NUMBER) ?? []).map((number) => number.replaceAll(',', ''));
}

/** Which of the stated numbers and names do not stand in the text. */
export function absentFrom(text: string, sentence: string): string[] {
  const plain = text.normalize('NFKC').toLowerCase();
  const { numbers, names } = statedIn(sentence);
  const present = new Set([...numbersIn(plain), ...(plain.match(/\d+/g) ?? [])]);
  return [
    ...numbers.filter((number) => !present.has(number)),
    ...names.filter((name) => !wordBegins(plain, name) && !wordBegins(plain, singular(name))),
  ];
}

/** Every number and name of the sentence stands in the text, and so does half of its content words. */
export function supports(text: string, sentence: string): boolean {
  const wanted = contentWords(sentence);
  if (wanted.length === 0 || absentFrom(text, sentence).length > 0) return false;
  const plain = text.normalize('NFKC').toLowerCase();
  const present = wanted.filter((word) =>
    HAN.test(word) ? plain.includes(word) : wordBegins(plain, stem(word)),
  );
  return present.length / wanted.length >= SHARE;
}

/** The words that say what a sentence is about, each once, in lower case. */
export function contentWords(sentence: string): string[] {
  const words = [...segmenter.segment(sentence.normalize('NFKC').toLowerCase())]
    .filter(({ isWordLike }) => isWordLike)
    .map(({ segment }) => segment)
    .filter((word) => /\p{L}/u.test(word) && word.length > (HAN.test(word) ? 1 : 2));
  return [...new Set(words)].filter((word) => !STOP_WORDS.has(word));
}

function stem(word: string): string {
  return word.slice(0, Math.max(4, word.length - 3));
}

function singular(name: string): string {
  return name.length > 3 ? name.replace(/s$/, '') : name;
}

function wordBegins(text: string, beginning: string): boolean {
  const escaped = beginning.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(
    `(?<![\\p{Script=Latin}\\d])${escaped}${beginning.length < 4 ? '(?![a-z\\d])' : ''}`,
    'u',
  ).test(text);
}
