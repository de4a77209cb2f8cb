import type { Chunk } from '../domain/chunk.ts';
import type { ScoredSentence } from '../domain/conversation.ts';
import { numbersOf, termsOf } from '../domain/terms.ts';

/** How rare each term of the question is in the collection, 0 (in every chunk) to 1 (in none). */
export type Rarity = ReadonlyMap<string, number>;

/** Set on the tuned half of the eval, see `e2e/eval/README.md`. */
const NUMBER_ASKED_FOR = 0.3;
const FRAGMENT = -1;
/** Terms under which what does not end as a sentence is a heading or a scrap of a table. */
const FRAGMENT_TERMS = 5;
const SENTENCE_END = /[.!?。！？]["'”’」』）)\]]*$/;

const ASKS_NUMBER =
  /\b(?:how (?:many|much|long|large|big|old|often|far|high)|when|(?:what|which) (?:year|number|size|version|date|percentage|port|value))\b|多少|几|哪一?年|何时|什么时候|多[大长久高]/iu;

/**
 * How well each sentence of a chunk may answer the question: likeness in meaning, share of the
 * question's terms weighted by rarity, a number where one is asked for, and less for fragments.
 * @param likeness of these sentences, where the search knows it
 * @param rarity of the question's terms, where the search knows it
 * @returns all sentences, in order; 0 for an unrelated one, about 2 for the question's own words
 */
export function scoreSentences(
  question: string,
  { text: passage, sentences }: Pick<Chunk, 'text' | 'sentences'>,
  likeness: readonly number[] = [],
  rarity: Rarity = new Map(),
): ScoredSentence[] {
  const wanted = termsOf(question);
  const known = new Set(numbersOf(question));
  const asksNumber = ASKS_NUMBER.test(question);
  return sentences.map((range, index) => {
    const text = passage.slice(range.start, range.end);
    const terms = termsOf(text);
    const hasNumber = asksNumber && numbersOf(text).some((number) => !known.has(number));
    const score =
      (likeness[index] ?? 0) +
      rareOverlap(wanted, terms, rarity) +
      (hasNumber ? NUMBER_ASKED_FOR : 0) +
      (terms.size < FRAGMENT_TERMS && !SENTENCE_END.test(text) ? FRAGMENT : 0);
    return { ...range, score };
  });
}

/** Share of `wanted` that is also in `present`, each term counting by its rarity; 0 to 1. */
function rareOverlap(wanted: ReadonlySet<string>, present: ReadonlySet<string>, rarity: Rarity): number {
  let all = 0;
  let shared = 0;
  for (const term of wanted) {
    const weight = rarity.get(term) ?? 1;
    all += weight;
    if (present.has(term)) shared += weight;
  }
  return all > 0 ? shared / all : 0;
}
