import type { Citation } from '../../domain/citation.ts';
import type { Range } from '../../domain/sentence-ranges.ts';

/** Plain, bold or code: all the Markdown an answer may use. Links, images and HTML stay text. */
export interface Run {
  readonly kind: 'plain' | 'strong' | 'code';
  readonly text: string;
  /** A number or name that stands in no passage. */
  readonly isStranger: boolean;
}

/** A sentence with its proof, or the text between sentences (`citation` null). */
export interface AnswerPart {
  readonly start: number;
  readonly runs: readonly Run[];
  readonly citation: Citation | null;
}

const MARKED = /\*\*([^*\n]+)\*\*|`([^`\n]+)`/g;

/** @param strangers offsets in `text`, as `start` and `end` are */
function runsOf(text: string, { start, end }: Range, strangers: readonly Range[]): Run[] {
  const runs: Run[] = [];
  let at = start;
  const add = (kind: Run['kind'], from: number, to: number): void => {
    let done = from;
    for (const stranger of strangers.filter((each) => each.start >= from && each.end <= to)) {
      if (stranger.start > done)
        runs.push({ kind, text: text.slice(done, stranger.start), isStranger: false });
      runs.push({ kind, text: text.slice(stranger.start, stranger.end), isStranger: true });
      done = stranger.end;
    }
    if (done < to) runs.push({ kind, text: text.slice(done, to), isStranger: false });
  };
  for (const match of text.slice(start, end).matchAll(MARKED)) {
    const [whole, strong] = match;
    const from = start + match.index;
    add('plain', at, from);
    at = from + whole.length;
    if (strong === undefined) add('code', from + 1, at - 1);
    else add('strong', from + 2, at - 2);
  }
  add('plain', at, end);
  return runs;
}

/** Parts an answer at its citations; nothing is lost and nothing interpreted as markup. */
export function answerParts(text: string, citations: readonly Citation[]): AnswerPart[] {
  const parts: AnswerPart[] = [];
  let at = 0;
  const between = (end: number): void => {
    if (end > at) parts.push({ start: at, runs: runsOf(text, { start: at, end }, []), citation: null });
  };
  for (const citation of citations.toSorted((a, b) => a.start - b.start)) {
    if (citation.start < at) continue;
    between(citation.start);
    parts.push({ start: citation.start, runs: runsOf(text, citation, citation.strangers), citation });
    at = citation.end;
  }
  between(text.length);
  return parts;
}
