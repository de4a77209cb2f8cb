import type { Citation } from '../domain/citation.ts';
import type { Passage } from '../domain/conversation.ts';
import type { Failure } from '../domain/failure.ts';
import type { Scope } from '../domain/scope.ts';
import type { BroadStatus } from './broad-turn.ts';

export type ConversationStatus =
  | { readonly kind: 'idle' }
  | { readonly kind: 'searching'; readonly documents: number }
  | BroadStatus
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
