import type { Language } from './source-document.ts';

/** UTF-16 offsets into a text, `end` exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * The longest sentence, in weights of `weightOf`: about 400 Latin letters or 160 Han characters,
 * so that a table or code without punctuation still makes sentences of some hundred tokens.
 */
const MAX_WEIGHT = 400;

/** A full stop after these never ends a sentence. */
const TITLE = /(?:^|[\s(])(?:Dr|Mrs?|Ms|Prof|St|Mt|Gen|Col|Capt|Lt|Sgt|Rev|vs|cf|viz|approx|e\.g|i\.e)\.$/i;
/** A full stop after these ends no sentence when a number or a bracket follows. */
const REFERENCE = /(?:^|[\s(])(?:Nos?|Figs?|Eqs?|Secs?|Chap|Ch|Vols?|pp?|Art|App|al|ca?|Ref|Tab)\.$/i;
const INITIAL = /(?:^|[\s(.])\p{Lu}\.$/u;
const LIST_MARKER = /^\s*\(?(?:\d{1,3}(?:\.\d{1,2})*|\p{L})[.)]$/u;

const segmenters = new Map<Language, Intl.Segmenter>();

function segmenterFor(language: Language): Intl.Segmenter {
  const known = segmenters.get(language);
  if (known) return known;
  const made = new Intl.Segmenter(language, { granularity: 'sentence' });
  segmenters.set(language, made);
  return made;
}

function isMidSentence(before: string, after: string): boolean {
  if (/[\n\r]\s*$/.test(before)) return false;
  const head = before.trimEnd();
  if (!/[.)]$/.test(head)) return false;
  if (TITLE.test(head) || INITIAL.test(head) || LIST_MARKER.test(head)) return true;
  return REFERENCE.test(head) && /^[\d([]/.test(after);
}

/** Rough cost of a character in tokens, Latin letters counting 1. */
function weightOf(character: string): number {
  if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(character)) return 2.5;
  return /[\p{L}\s]/u.test(character) ? 1 : 2;
}

/** Where to cut `text` so that the first part is not too long; `text.length` when it is short enough. */
function cutPoint(text: string): number {
  if (text.length * 2.5 <= MAX_WEIGHT) return text.length;
  let weight = 0;
  let offset = 0;
  let word = 0;
  let clause = 0;
  for (const character of text) {
    weight += weightOf(character);
    if (weight > MAX_WEIGHT) return clause || word || offset;
    offset += character.length;
    if (/\s/.test(character)) word = offset;
    if (weight > MAX_WEIGHT / 2 && /[,;:，；：、]/.test(character)) clause = offset;
  }
  return text.length;
}

function trimmed(text: string, { start, end }: Range): Range {
  const part = text.slice(start, end);
  return {
    start: start + (part.length - part.trimStart().length),
    end: end - (part.length - part.trimEnd().length),
  };
}

function* cut(text: string, range: Range): Generator<Range> {
  let start = range.start;
  while (start < range.end) {
    const end = start + cutPoint(text.slice(start, range.end));
    const piece = trimmed(text, { start, end });
    if (piece.end > piece.start) yield piece;
    start = end;
  }
}

/**
 * The sentences of one text, without the white space around them, in order. A line feed always
 * ends a sentence; abbreviations, initials and list numbers do not; overlong ones are cut at a
 * clause or a word.
 */
export function sentenceRanges(text: string, language: Language): Range[] {
  const ranges: Range[] = [];
  let start = 0;
  let pending = '';
  for (const { segment, index } of segmenterFor(language).segment(text)) {
    if (pending && !isMidSentence(pending, segment)) {
      ranges.push(...cut(text, { start, end: index }));
      start = index;
      pending = '';
    }
    pending += segment;
  }
  ranges.push(...cut(text, { start, end: text.length }));
  return ranges;
}
