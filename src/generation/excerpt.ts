import type { Passage, Read, Turn } from '../domain/conversation.ts';
import type { Range } from '../domain/sentence-ranges.ts';
import { addressesModel } from './as-data.ts';
import { estimateTokens } from './estimate-tokens.ts';

/** Passages that sentences are taken from. */
const PASSAGES = 5;
/** The best so many sentences are read: with more, the default model words the answer less often. */
const SENTENCES = 6;
/** And what stands before the very best, which often names what they speak of. */
const WITH_CONTEXT = 2;
/** What a sentence must be better by to be taken from a passage one rank lower. */
const PER_RANK = 0.05;
/** Sentences that the prompt must not be without, the best of all passages. */
const DECISIVE = 3;

/** A sentence with what it is chosen by. */
interface Ranked {
  readonly passage: Passage;
  /** Its place in the passage. */
  readonly index: number;
  readonly range: Range;
  readonly score: number;
}

/** What the model reads of a passage. */
export interface Excerpt {
  readonly passage: Passage;
  /** UTF-16 offsets into its `chunk.text`, in order. */
  readonly ranges: readonly Range[];
  /** Those of them that are among the best of all. */
  readonly decisive: readonly Range[];
}

/**
 * The sentences that say most on the question, of all passages together, at least one, but none that
 * speaks to the model. A passage whose sentences are not scored is taken whole.
 * @param tokens most of them
 * @returns in the order of the passages, those without a sentence left out
 */
export function excerpts(passages: readonly Passage[], tokens: number): Excerpt[] {
  const ranked: Ranked[] = passages
    .slice(0, PASSAGES)
    .flatMap((passage, rank) =>
      sentencesOf(passage).map((range, index) => ({
        ...{ passage, range, index },
        score: range.score - rank * PER_RANK,
      })),
    )
    .filter((each) => !addressesModel(textOf(each)))
    .sort((a, b) => b.score - a.score);
  let left = tokens;
  const chosen = new Set<Range>();
  for (const each of inOrderOfNeed(ranked)) {
    left -= estimateTokens(textOf(each)) + 1;
    if (left < 0 && chosen.size > 0) break;
    chosen.add(each.range);
  }
  const best = new Set(ranked.slice(0, DECISIVE).map(({ range }) => range));
  return passages
    .map((passage) => {
      const ranges = ranked
        .filter((each) => each.passage === passage && chosen.has(each.range))
        .map(({ range }) => range)
        .sort((a, b) => a.start - b.start);
      return { passage, ranges, decisive: ranges.filter((range) => best.has(range)) };
    })
    .filter(({ ranges }) => ranges.length > 0);
}

/** Each once: the very best, what stands before them, the other good ones. */
function inOrderOfNeed(ranked: readonly Ranked[]): Set<Ranked> {
  const veryBest = ranked.slice(0, WITH_CONTEXT);
  const before = ranked.filter(({ passage, index }) =>
    veryBest.some((best) => best.passage === passage && best.index === index + 1),
  );
  return new Set([...veryBest, ...before, ...ranked.slice(0, SENTENCES)]);
}

function textOf({ passage, range }: Ranked): string {
  return passage.chunk.text.slice(range.start, range.end);
}

function sentencesOf({ sentences, chunk }: Passage): readonly (Range & { readonly score: number })[] {
  return sentences ?? [{ start: 0, end: chunk.text.length, score: 0 }];
}

/**
 * What must be read of `wanted` besides `kept`: all of a passage that is not there, else only those of its
 * decisive sentences that are not.
 */
export function lacking(wanted: Excerpt, kept: readonly Excerpt[]): Excerpt[] {
  const there = kept.filter(({ passage }) => passage === wanted.passage).flatMap(({ ranges }) => ranges);
  if (there.length === 0) return [wanted];
  const ranges = wanted.decisive.filter(
    ({ start, end }) => !there.some((range) => range.start <= start && end <= range.end),
  );
  return ranges.length > 0 ? [{ ...wanted, ranges, decisive: ranges }] : [];
}

/** As it stands in the prompt. */
export function excerptText({ passage, ranges }: Excerpt): string {
  const sentences = ranges.map(({ start, end }) => passage.chunk.text.slice(start, end));
  return sentences.join(' ').replace(/\s+/g, ' ').trim();
}

/** As a turn keeps them. */
export function asRead(laidOut: readonly Excerpt[]): Read[] {
  return laidOut.map(({ passage, ranges }) => ({
    passage: passage.number,
    ranges: ranges.map(({ start, end }) => ({ start, end })),
  }));
}

/** What a turn's prompt held of its passages, to be laid out the same again. */
export function laidOutFor({ passages, read = [] }: Pick<Turn, 'passages' | 'read'>): Excerpt[] {
  return read.flatMap(({ passage: number, ranges }) =>
    passages
      .filter((passage) => passage.number === number)
      .map((passage) => ({ passage, ranges, decisive: [] })),
  );
}
