import type { Range } from '../../domain/sentence-ranges.ts';

/** A passage's text, parted by its decisive sentence. */
export interface Excerpt {
  /** True when text before `before` was left out. */
  readonly isCut: boolean;
  readonly before: string;
  readonly marked: string;
  readonly after: string;
}

/** Characters kept before the decisive sentence, so that it stands within the first lines. */
const LEAD = 48;

function leadStart(text: string, sentence: number): number {
  if (sentence <= LEAD) return 0;
  const from = sentence - LEAD;
  // Latin text starts at a word, Chinese anywhere.
  const space = text.indexOf(' ', from);
  return space === -1 || space >= sentence - 1 ? from : space + 1;
}

/**
 * @param text a passage
 * @param highlight its decisive sentence
 * @param whole all of the passage, or only what a few lines can show around the sentence
 */
export function excerpt(text: string, highlight: Range | null, whole: boolean): Excerpt {
  if (!highlight) return { isCut: false, before: text, marked: '', after: '' };
  const start = whole ? 0 : leadStart(text, highlight.start);
  return {
    isCut: start > 0,
    before: text.slice(start, highlight.start),
    marked: text.slice(highlight.start, highlight.end),
    after: text.slice(highlight.end),
  };
}
