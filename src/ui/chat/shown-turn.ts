import type { Answer, Passage } from '../../domain/conversation.ts';
import type { ConversationState, ConversationStatus } from '../../state/conversation.svelte.ts';

/** A turn as it stands on the page, be it finished or under way. */
export interface ShownTurn {
  readonly id: string;
  readonly question: string;
  readonly passages: readonly Passage[] | null;
  readonly retrievalMs: number | null;
  readonly text: string;
  readonly answer: Answer | null;
  /** `idle` for a finished one. */
  readonly status: ConversationStatus;
}

/** All turns in order; the one under way keeps the place it had when it is answered again. */
export function shownTurns(conversation: ConversationState): ShownTurn[] {
  const { live, status } = conversation;
  const finished = conversation.turns.map((turn): ShownTurn => ({
    ...turn,
    text: turn.answer?.text ?? '',
    status: { kind: 'idle' },
  }));
  return live ? [...finished, { ...live, answer: null, status }] : finished;
}
