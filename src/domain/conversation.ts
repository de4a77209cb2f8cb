import type { Chunk, Standing } from './chunk.ts';
import type { Citation } from './citation.ts';
import type { Scope } from './scope.ts';
import type { Range } from './sentence-ranges.ts';

/** A sentence of a passage and how well it may answer the question. */
export interface ScoredSentence extends Range {
  /** Comparable across the passages of one question: 0 is unrelated, about 1 says the same. */
  readonly score: number;
}

/** What a reader is shown of a passage first: UTF-16 offsets into `chunk.text`. */
export interface Highlight extends Range {
  /** Where its decisive sentence begins. */
  readonly best: number;
}

/** A chunk found for a question, as the reader sees it: numbered from 1 in rank order. */
export interface Passage {
  readonly number: number;
  readonly chunk: Chunk;
  readonly documentName: string;
  /** Cosine similarity to the question, -1 to 1. */
  readonly score: number;
  /** How the search ranked it; not kept in storage. */
  readonly standing?: Standing;
  /** All of `chunk.text`, in order; not kept in storage. */
  readonly sentences?: readonly ScoredSentence[];
  /** The decisive sentence with what stands around it; null when none stands out. */
  readonly highlight: Highlight | null;
}

/** What speaks for and against an answer in the passages: see `retrieval/answerable.ts`. */
export interface Signals {
  /** By how much the best sentence surpasses the mean of the next ones, in scores. */
  readonly margin: number;
  /** Of the sentence nearest in meaning: 0 unrelated, 1 as near as an answer usually is. */
  readonly likeness: number;
  /**
   * Rarity of the rarest name of the question that stands in no passage, 0 to 1; 0 for none. Of a name
   * of several terms their mean.
   */
  readonly missingName: number;
  /** 1 when the question names something, else 0. */
  readonly hasName: number;
  /** Terms of the question: no sentence is as like a long one. */
  readonly length: number;
}

/** What an answer cost. Rates are derived: tokens / ms × 1000. */
export interface Timings {
  readonly retrievalMs: number;
  /** All tokens of the prompt, the cached ones included. */
  readonly promptTokens: number;
  /** Tokens of the prompt that were still in the KV cache and not read again. */
  readonly cachedTokens: number;
  readonly prefillMs: number;
  readonly completionTokens: number;
  readonly decodeMs: number;
}

/**
 * `length`: cut by the token limit. `interrupted`: stopped by the person, or broken off by a failure.
 * `not-found`: refused before the model wrote a word, since the documents seem not to hold it.
 */
export type AnswerStatus = 'complete' | 'length' | 'interrupted' | 'not-found';

export interface Answer {
  readonly text: string;
  readonly status: AnswerStatus;
  readonly citations: readonly Citation[];
  readonly timings: Timings;
  readonly modelId: string;
}

/** Sentences of a passage that the model read. */
export interface Read {
  /** The passage's number. */
  readonly passage: number;
  /** UTF-16 offsets into its `chunk.text`, in order. */
  readonly ranges: readonly Range[];
}

/** A question with what was found and, when a language model was there, its answer. */
export interface Turn {
  readonly id: string;
  readonly question: string;
  /** Milliseconds since the epoch. */
  readonly askedAt: number;
  readonly scope: Scope;
  readonly retrievalMs: number;
  readonly passages: readonly Passage[];
  /** Whether the documents seem not to hold the answer; absent where it was not judged. */
  readonly isDoubtful?: boolean;
  /** What that was judged by; not kept in storage. */
  readonly signals?: Signals;
  readonly answer: Answer | null;
  /** What its answer was worded from, in the order of the prompt; absent where nothing was read. */
  readonly read?: readonly Read[];
}

/** As much of a turn as the next question can lean on. */
export type Earlier = Pick<Turn, 'question'> & { readonly answer: Pick<Answer, 'text'> | null };

export interface Conversation {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly turns: readonly Turn[];
}
