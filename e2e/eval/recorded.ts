import type { Passage, Signals, Timings } from '../../src/domain/conversation.ts';
import type { GoldenQuestion } from './golden.ts';

/** What ranks passages: the app as it is, one leg of its search alone, or chance. */
export const LEGS = ['hybrid', 'vectors', 'keywords', 'random'] as const;
export type Leg = (typeof LEGS)[number];

/** A passage as the metrics read it, with all its scores. */
export interface Found extends Omit<Passage, 'number' | 'chunk' | 'documentName' | 'highlight'> {
  /** Key in the corpus. */
  readonly document: string;
  /** 1-based, all that it touches. */
  readonly pages: readonly number[];
  readonly text: string;
  /** The sentence the app marks in it. */
  readonly highlight: string | null;
}

export interface RecordedAnswer {
  /** The model's own words. */
  readonly text: string;
  /** What the app quotes below them; null where a sentence of them is proved. */
  readonly quote: string | null;
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
  /** Best first. */
  readonly rankings: Readonly<Partial<Record<Leg, readonly Found[]>>>;
  readonly retrievalMs: number;
  /** Null when nothing was found. */
  readonly signals: Signals | null;
  /** Null when no language model was asked. */
  readonly answer: RecordedAnswer | null;
  readonly totalMs: number;
}
