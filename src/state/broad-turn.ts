import type { BroadQuestion } from '../domain/broad-question.ts';
import type { Turn } from '../domain/conversation.ts';
import { answerBroadly } from '../pipeline/broad-answer.ts';
import type { BroadDraft, SectionEvent } from '../pipeline/broad-reading.ts';
import type { RetrieveStages } from '../pipeline/retrieve.ts';
import { aborted } from './aborted.ts';
import type { Collection } from './collection.svelte.ts';
import type { Models } from './models.svelte.ts';

export interface BroadTurnStages extends RetrieveStages {
  readonly collection: Collection;
  readonly models: Models;
}

export type BroadStatus = SectionEvent | { readonly kind: 'loading-model' } | { readonly kind: 'writing' };

/** Where the conversation shows and keeps the turn. */
export interface BroadView {
  show(status: BroadStatus): void;
  draw(draft: BroadDraft): void;
  /** Called once at the end; before a failure when part of the answer is there, which is kept. */
  keep(turn: Turn): void;
}

/**
 * Answers a question that is asked of whole documents.
 * @throws FailureError what loading and asking the language model throw; the signal's reason when
 *   it aborts before reading begins
 */
export async function answerBroadTurn(
  { broad, ...asked }: Pick<Turn, 'id' | 'question' | 'askedAt'> & { readonly broad: BroadQuestion },
  stages: BroadTurnStages,
  view: BroadView,
  signal: AbortSignal,
): Promise<void> {
  const { collection, models } = stages;
  view.show({ kind: 'loading-model' });
  const modelId = models.chosen.spec.id;
  const model = await Promise.race([models.languageModel(), aborted(signal)]);
  const { documents } = collection;
  const { question } = asked;
  let isKept = false;
  for await (const event of answerBroadly({ question, broad, documents, modelId }, stages, model, signal)) {
    if (event.kind === 'section') view.show(event);
    else if (event.kind === 'concluding') view.show({ kind: 'writing' });
    else if (event.kind === 'draft') {
      const { kind: _, ...draft } = event;
      view.draw(draft);
    } else {
      const { answer, passages } = event;
      const { retrievalMs } = answer.timings;
      view.keep({ ...asked, scope: broad.scope, passages, retrievalMs, answer });
      isKept = true;
    }
  }
  if (!isKept) view.keep({ ...asked, scope: broad.scope, passages: [], retrievalMs: 0, answer: null });
}
