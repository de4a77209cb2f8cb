import type { Passage, Signals } from '../domain/conversation.ts';
import { signalsOf } from '../retrieval/answerable.ts';
import { decisiveSentences } from '../retrieval/highlight.ts';
import type { Retriever } from '../retrieval/retriever.ts';
import { scoreSentences, sentencesOf } from '../retrieval/score-sentences.ts';
import { standalone, type Earlier } from './standalone.ts';

export interface Evidence {
  /** The same passages, their sentences scored by meaning, too. */
  readonly passages: readonly Passage[];
  readonly signals: Signals;
}

/**
 * Looks for the answer among the sentences of the passages found. Some hundred milliseconds, for
 * each sentence is embedded: the passages are shown before.
 * @param before the turn before, as given to `retrieve`
 */
export async function weighEvidence(
  question: string,
  before: Earlier | undefined,
  passages: readonly Passage[],
  retriever: Retriever,
): Promise<Evidence> {
  const query = standalone(question, before);
  const sentences = passages.map(({ chunk }) =>
    sentencesOf(chunk.text).map(({ start, end }) => ({
      chunkId: chunk.id,
      text: chunk.text.slice(start, end),
    })),
  );
  const weighing = await retriever.weigh(query, sentences.flat());
  let first = 0;
  const weighed = passages.map((passage, index) => {
    const count = sentences[index]?.length ?? 0;
    const likeness = weighing.likeness.slice(first, first + count);
    first += count;
    const scored = scoreSentences(query, passage.chunk.text, likeness, weighing.rarity);
    return { ...passage, sentences: scored, highlight: decisiveSentences(scored) };
  });
  return { passages: weighed, signals: signalsOf(question, weighed, weighing) };
}
