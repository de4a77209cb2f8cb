import type { Range } from '../../domain/sentence-ranges.ts';

/** A passage's text, parted by what is marked. */
export interface Excerpt {
  /** True when text before `before` was left out. */
  readonly isCut: boolean;
  readonly before: string;
  readonly marked: string;
  readonly after: string;
}

/** Characters kept before what is sought, so that it stands within the first lines. */
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
 * @param sought offset of what a few lines must show: what comes long before it is left out
 */
export function excerpt(text: string, highlight: Range | null, sought = 0): Excerpt {
  if (!highlight) return { isCut: false, before: text, marked: '', after: '' };
  const start = leadStart(text, sought);
  return {
    isCut: start > 0,
    before: text.slice(start, highlight.start),
    marked: text.slice(Math.max(start, highlight.start), highlight.end),
    after: text.slice(highlight.end),
  };
}
