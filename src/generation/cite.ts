import type { Citation } from '../domain/citation.ts';
import type { Passage } from '../domain/conversation.ts';
import { sentenceRanges, type Range } from '../domain/sentence-ranges.ts';
import { holderOf, statedIn, type Stated } from '../domain/stated.ts';
import { languageOf, overlap, termsOf } from '../domain/terms.ts';

/**
 * Share of a sentence's terms that must stand in the passage which proves it. On answers to the
 * tuned half of the eval 0.5 proves 96 % of its citations, this 99 %, and cites 5 % fewer sentences.
 */
const SUPPORT = 0.55;

/** A passage made ready for comparing. */
interface Source {
  readonly number: number;
  readonly terms: ReadonlySet<string>;
  readonly holds: (stated: Stated) => boolean;
  readonly sentences: readonly { readonly range: Range; readonly terms: ReadonlySet<string> }[];
}

/**
 * Ties each sentence of an answer to the passage that supports it best, and there to the sentence
 * that says it. A passage supports what it shares most of the terms with, if it holds every number
 * and name: what stands in none of the passages is never proved, and marked itself.
 * @returns made once for an answer; to be called with its text as it grows
 */
export function citer(passages: readonly Passage[]): (answer: string) => Citation[] {
  const sources = passages.map(sourceOf);
  return (answer) =>
    sentenceRanges(answer, languageOf(answer)).map(({ start, end }) => {
      const sentence = answer.slice(start, end);
      const stated = statedIn(sentence);
      const strangers = stated
        .filter((each) => !sources.some(({ holds }) => holds(each)))
        .map((stranger) => ({ start: start + stranger.start, end: start + stranger.end }));
      return { start, end, strangers, ...proof(termsOf(sentence), stated, sources) };
    });
}

function sourceOf({ number, chunk: { text } }: Passage): Source {
  const sentences = sentenceRanges(text, languageOf(text)).map((range) => ({
    range,
    terms: termsOf(text.slice(range.start, range.end)),
  }));
  return { number, terms: termsOf(text), holds: holderOf(text), sentences };
}

function proof(
  wanted: ReadonlySet<string>,
  stated: readonly Stated[],
  sources: readonly Source[],
): Pick<Citation, 'passage' | 'evidence'> {
  let best: Pick<Citation, 'passage' | 'evidence'> = { passage: null, evidence: null };
  let bestShare = 0;
  for (const { number, terms, holds, sentences } of sources) {
    const share = overlap(wanted, terms);
    if (share < SUPPORT || !stated.every(holds)) continue;
    const said = sentences.map((sentence) => overlap(wanted, sentence.terms));
    const closest = Math.max(0, ...said);
    if (share + closest <= bestShare) continue;
    bestShare = share + closest;
    best = { passage: number, evidence: sentences[said.indexOf(closest)]?.range ?? null };
  }
  return best;
}
