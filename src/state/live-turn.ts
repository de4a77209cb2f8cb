import type { Citation } from '../domain/citation.ts';
import type { Passage, Turn } from '../domain/conversation.ts';
import type { Failure } from '../domain/failure.ts';
import type { Scope } from '../domain/scope.ts';
import type { SectionEvent } from '../pipeline/broad-reading.ts';

export type ConversationStatus =
  | { readonly kind: 'idle' }
  | { readonly kind: 'searching'; readonly documents: number }
  | { readonly kind: 'loading-model' }
  | { readonly kind: 'writing' }
  /** Something is written, and shown only when a sentence of it is proved. */
  | { readonly kind: 'proving' }
  /** Of whole documents, a section is being read. */
  | SectionEvent
  /** The prompt is being read; counts are tokens. */
  | {
      readonly kind: 'reading';
      readonly done: number;
      readonly total: number;
      readonly secondsLeft: number | null;
    }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** The turn under way, or the one that failed. */
export interface LiveTurn {
  readonly id: string;
  readonly question: string;
  readonly scope: Scope;
  readonly passages: readonly Passage[] | null;
  readonly retrievalMs: number | null;
  readonly isDoubtful: boolean;
  readonly text: string;
  /** Of the sentences that are finished. */
  readonly citations: readonly Citation[];
}

/** Where the conversation shows and keeps the turn. */
export interface TurnView {
  show(status: ConversationStatus): void;
  draw(draft: Partial<LiveTurn>): void;
  /** Called once at the end; before a failure when part of the answer is there, which is kept. */
  keep(turn: Turn): void;
}
