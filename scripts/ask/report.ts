import type { Result } from './session.ts';

/** Passages printed for people; `--json` has them all. */
const SHOWN = 4;

/** A result as a person reads it in a terminal. */
export function asText({ answer, status, passages, citations, timings, totalMs }: Result): string {
  const sentences = citations.map(
    ({ sentence, passage }) => `${sentence} ${passage === null ? '[no passage]' : `[${String(passage)}]`}`,
  );
  const lead = answer === null ? `(${status})` : sentences.join(' ') || answer;
  const sources = passages
    .slice(0, SHOWN)
    .map(
      ({ document, page, text, score }, i) =>
        `[${String(i + 1)}] ${document}, page ${String(page)} (${score.toFixed(2)})\n    ${text.replace(/\s+/g, ' ')}`,
    );
  const cost =
    'promptTokens' in timings
      ? `; ${String(timings.promptTokens)} prompt tokens (${String(timings.cachedTokens)} cached), ${String(timings.completionTokens)} written`
      : '';
  return [
    lead,
    '',
    ...sources,
    '',
    `${(totalMs / 1000).toFixed(1)} s; passages after ${timings.retrievalMs.toFixed(0)} ms${cost}`,
  ].join('\n');
}
