import { partsByPage } from '../../domain/chunk.ts';
import type { Range } from '../../domain/sentence-ranges.ts';
import type { Evidence } from '../../state/source.svelte.ts';

/** What of an evidence's passage stands on a page, and the part of that to mark. */
export interface EvidenceOnPage {
  readonly passage: string;
  /** UTF-16 offsets into `passage`. */
  readonly part: Range;
}

/** Cuts evidence at its page border; null when nothing on this page is to be marked. */
export function evidenceOnPage({ chunk, range }: Evidence, page: number): EvidenceOnPage | null {
  const here = partsByPage(chunk).find((part) => part.page === page);
  if (!here) return null;
  const start = Math.max(here.start, range?.start ?? here.start);
  const end = Math.min(here.end, range?.end ?? here.end);
  if (start >= end) return null;
  const passage = chunk.text.slice(here.start, here.end);
  return { passage, part: { start: start - here.start, end: end - here.start } };
}
