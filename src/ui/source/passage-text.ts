import type { Passage } from '../../domain/conversation.ts';

/** What of a passage stands on a page: `sentence` is the decisive part of `whole`, or null. */
export interface PassageOnPage {
  readonly whole: string;
  readonly sentence: string | null;
}

/** Cuts a passage's text at its page border; null when the page holds none of it. */
export function passageOnPage({ chunk, highlight }: Passage, page: number): PassageOnPage | null {
  let from = 0;
  for (const [index, span] of chunk.spans.entries()) {
    const isLast = index === chunk.spans.length - 1;
    const to = isLast ? chunk.text.length : from + span.end - span.start;
    if (span.page === page) {
      const start = Math.max(from, highlight?.start ?? from);
      const end = Math.min(to, highlight?.end ?? from);
      return {
        whole: chunk.text.slice(from, to),
        sentence: start < end ? chunk.text.slice(start, end) : null,
      };
    }
    from = to;
  }
  return null;
}
