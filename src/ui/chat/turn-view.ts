import type { Answer, Passage, Turn } from '../../domain/conversation.ts';
import type { Scope } from '../../domain/scope.ts';
import type { ConversationStatus, LiveTurn } from '../../state/live-turn.ts';

/** A turn as it is drawn, be it saved or still under way: the element stays, the parts fill in. */
export interface TurnView {
  readonly id: string;
  readonly question: string;
  readonly scope: Scope;
  readonly passages: readonly Passage[] | null;
  readonly retrievalMs: number | null;
  /** The documents seem not to hold the answer. */
  readonly isDoubtful: boolean;
  readonly answer: Answer | null;
  /** Set while the turn is under way, and when it failed. */
  readonly live: (Pick<LiveTurn, 'text' | 'citations'> & { readonly status: ConversationStatus }) | null;
}

function ofTurn({ id, question, scope, passages, retrievalMs, isDoubtful = false, answer }: Turn): TurnView {
  return { id, question, scope, passages, retrievalMs, isDoubtful, answer, live: null };
}

function ofLive(
  { id, question, scope, passages, retrievalMs, isDoubtful, text, citations }: LiveTurn,
  status: ConversationStatus,
): TurnView {
  const live = { text, citations, status };
  return { id, question, scope, passages, retrievalMs, isDoubtful, answer: null, live };
}

/** All turns in order; one that is answered again is shown live in its old place. */
export function turnViews(
  turns: readonly Turn[],
  live: LiveTurn | null,
  status: ConversationStatus,
): TurnView[] {
  const saved = turns.map((turn) => (turn.id === live?.id ? ofLive(live, status) : ofTurn(turn)));
  const isNew = live !== null && !turns.some(({ id }) => id === live.id);
  return isNew ? [...saved, ofLive(live, status)] : saved;
}
