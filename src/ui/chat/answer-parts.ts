import type { Citation } from '../../domain/citation.ts';

/** Plain, bold or code: all the Markdown an answer may use. Links, images and HTML stay text. */
export interface Run {
  readonly kind: 'plain' | 'strong' | 'code';
  readonly text: string;
}

/** A sentence with its proof, or the text between sentences (`citation` null). */
export interface AnswerPart {
  readonly start: number;
  readonly runs: readonly Run[];
  readonly citation: Citation | null;
}

const MARKED = /\*\*([^*\n]+)\*\*|`([^`\n]+)`/g;

function runsOf(text: string): Run[] {
  const runs: Run[] = [];
  let at = 0;
  for (const match of text.matchAll(MARKED)) {
    if (match.index > at) runs.push({ kind: 'plain', text: text.slice(at, match.index) });
    const [whole, strong, code] = match;
    runs.push(strong === undefined ? { kind: 'code', text: code ?? '' } : { kind: 'strong', text: strong });
    at = match.index + whole.length;
  }
  if (at < text.length) runs.push({ kind: 'plain', text: text.slice(at) });
  return runs;
}

/** Parts an answer at its citations; nothing is lost and nothing interpreted as markup. */
export function answerParts(text: string, citations: readonly Citation[]): AnswerPart[] {
  const parts: AnswerPart[] = [];
  let at = 0;
  const between = (end: number): void => {
    if (end > at) parts.push({ start: at, runs: runsOf(text.slice(at, end)), citation: null });
  };
  for (const citation of citations.toSorted((a, b) => a.start - b.start)) {
    if (citation.start < at) continue;
    between(citation.start);
    const runs = runsOf(text.slice(citation.start, citation.end));
    parts.push({ start: citation.start, runs, citation });
    at = citation.end;
  }
  between(text.length);
  return parts;
}
