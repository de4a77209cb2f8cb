import type { Page } from '@playwright/test';
import { askTurn } from '../../scripts/ask/session.ts';
import type { Chunk } from '../../src/domain/chunk.ts';
import type { Passage, Timings, Turn } from '../../src/domain/conversation.ts';
import type { GoldenQuestion } from './golden.ts';
import { randomSample } from './random.ts';

/** Passages ranked for recall@10 and nDCG@10; the app itself shows fewer. */
const RANKED = 10;

export const LEGS = ['hybrid', 'vectors', 'keywords', 'random'] as const;
export type Leg = (typeof LEGS)[number];

/** A passage as the metrics read it. */
export interface Found {
  /** Key in the corpus. */
  readonly document: string;
  /** 1-based, all that it touches. */
  readonly pages: readonly number[];
  readonly text: string;
  readonly score: number;
  /** The sentence the app marks in it. */
  readonly highlight: string | null;
}

export interface RecordedAnswer {
  readonly text: string;
  readonly status: string;
  readonly modelId: string;
  /** In order; `passage` is the 0-based index of the one cited, null for a sentence marked as unsupported. */
  readonly sentences: readonly { readonly text: string; readonly passage: number | null }[];
  readonly timings: Timings;
}

/** All that is known of one question: a line of `--dump`. */
export interface Recorded {
  readonly question: GoldenQuestion;
  /** As the app shows them. */
  readonly passages: readonly Found[];
  /** Best first, by what ranked them. */
  readonly rankings: Readonly<Partial<Record<Leg, readonly Found[]>>>;
  readonly retrievalMs: number;
  /** Null when no language model was asked. */
  readonly answer: RecordedAnswer | null;
  readonly totalMs: number;
}

/** Asks one golden question as a person would, and has it ranked by every leg. */
export async function record(
  page: Page,
  question: GoldenQuestion,
  chunks: readonly Chunk[],
  keys: ReadonlyMap<string, string>,
  retrieveOnly: boolean,
): Promise<Recorded> {
  const { turn, totalMs } = await askTurn(page, question, retrieveOnly);
  const found = (passages: readonly Passage[]) =>
    passages.map((passage) => ({
      ...asFound(passage.chunk, keys),
      score: passage.score,
      highlight:
        passage.highlight && passage.chunk.text.slice(passage.highlight.start, passage.highlight.end),
    }));
  const random = randomSample(chunks, RANKED, question.id);
  return {
    question,
    passages: found(turn.passages),
    rankings: {
      hybrid: found(turn.passages),
      random: random.map((chunk) => asFound(chunk, keys)),
    },
    retrievalMs: turn.retrievalMs,
    answer: turn.answer && answerOf(turn.answer, turn.passages),
    totalMs,
  };
}

function asFound(chunk: Chunk, keys: ReadonlyMap<string, string>): Found {
  const document = keys.get(chunk.documentId) ?? chunk.documentId;
  return {
    document,
    pages: chunk.spans.map(({ page }) => page),
    text: chunk.text,
    score: 0,
    highlight: null,
  };
}

function answerOf(answer: NonNullable<Turn['answer']>, passages: readonly Passage[]): RecordedAnswer {
  const { text, status, modelId, timings } = answer;
  const sentences = answer.citations.map(({ start, end, passage }) => {
    const cited = passages.findIndex(({ number }) => number === passage);
    return { text: text.slice(start, end), passage: cited < 0 ? null : cited };
  });
  return { text, status, modelId, sentences, timings };
}
