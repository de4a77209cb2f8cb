import type { Page } from '@playwright/test';
import { askTurn } from '../../scripts/ask/session.ts';
import type { Chunk } from '../../src/domain/chunk.ts';
import type { Answer, Passage } from '../../src/domain/conversation.ts';
import { quoteFor, quoteText } from '../../src/domain/quote.ts';
import type { GoldenQuestion } from './golden.ts';
import { rank, rankAtRandom } from './rank.ts';
import type { Found, Recorded, RecordedAnswer } from './recorded.ts';

/**
 * Asks one golden question as a person would, and has it ranked by every leg.
 * @param chunks all that are searched
 * @param keys of the corpus, by the app's ids of the documents
 */
export async function record(
  page: Page,
  question: GoldenQuestion,
  chunks: readonly Chunk[],
  keys: ReadonlyMap<string, string>,
  retrieveOnly: boolean,
): Promise<Recorded> {
  const { turn, totalMs } = await askTurn(page, question, retrieveOnly);
  const found = (passages: readonly Passage[]) => passages.map((passage) => asFound(passage, keys));
  const [hybrid, vectors, keywords] = [
    await rank(page, question, 'hybrid'),
    await rank(page, question, 'vectors'),
    await rank(page, question, 'keywords'),
  ];
  return {
    question,
    passages: found(turn.passages),
    rankings: {
      hybrid: found(hybrid),
      vectors: found(vectors),
      keywords: found(keywords),
      random: found(rankAtRandom(chunks, question)),
    },
    retrievalMs: turn.retrievalMs,
    signals: turn.signals ?? null,
    answer: turn.answer && asRecorded(turn.answer, turn.passages),
    totalMs,
  };
}

function asFound(passage: Passage, keys: ReadonlyMap<string, string>): Found {
  const { number: _number, documentName: _name, chunk, highlight, ...scores } = passage;
  return {
    ...scores,
    document: keys.get(chunk.documentId) ?? chunk.documentId,
    pages: chunk.spans.map(({ page }) => page),
    text: chunk.text,
    highlight: highlight && chunk.text.slice(highlight.start, highlight.end),
  };
}

function asRecorded(answer: Answer, passages: readonly Passage[]): RecordedAnswer {
  const { text, status, modelId, timings } = answer;
  const sentences = answer.citations.map(({ start, end, passage }) => {
    const cited = passages.findIndex(({ number }) => number === passage);
    return { text: text.slice(start, end), passage: cited < 0 ? null : cited };
  });
  const quote = quoteFor(answer, passages);
  return { text, quote: quote && quoteText(quote), status, modelId, sentences, timings };
}
