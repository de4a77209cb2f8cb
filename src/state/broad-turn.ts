import type { BroadQuestion } from '../domain/broad-question.ts';
import type { Turn } from '../domain/conversation.ts';
import { answerBroadly } from '../pipeline/broad-answer.ts';
import type { RetrieveStages } from '../pipeline/retrieve.ts';
import { aborted } from './aborted.ts';
import type { Collection } from './collection.svelte.ts';
import type { TurnView } from './live-turn.ts';
import type { Models } from './models.svelte.ts';

export interface BroadTurnStages extends RetrieveStages {
  readonly collection: Collection;
  readonly models: Models;
}

/**
 * Answers a question that is asked of whole documents.
 * @throws FailureError what loading and asking the language model throw; the signal's reason when
 *   it aborts before reading begins
 */
export async function answerBroadTurn(
  { broad, ...asked }: Pick<Turn, 'id' | 'question' | 'askedAt'> & { readonly broad: BroadQuestion },
  stages: BroadTurnStages,
  view: TurnView,
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
