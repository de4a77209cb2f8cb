import type { Answer, Earlier, Turn } from '../domain/conversation.ts';
import { asRead } from '../generation/excerpt.ts';
import { answer, notFound } from '../pipeline/answer.ts';
import { isDoubtful } from '../retrieval/answerable.ts';
import { aborted } from './aborted.ts';
import type { Collection } from './collection.svelte.ts';
import type { TurnView } from './live-turn.ts';
import type { Models } from './models.svelte.ts';
import type { ReadAhead } from './read-ahead.ts';

/** What a question is answered from. */
type Findings = Pick<Turn, 'passages' | 'retrievalMs' | 'isDoubtful' | 'signals'>;

export interface PlainTurnStages {
  readonly collection: Collection;
  readonly models: Models;
  readonly ahead: ReadAhead;
}

/** A question, and what its turn is begun with: passages and text when it goes on. */
export interface PlainQuestion extends Pick<Turn, 'id' | 'question' | 'askedAt' | 'scope'> {
  /** The turn before. */
  readonly earlier: Earlier | undefined;
  readonly begun?: Turn;
  readonly passagesOnly?: boolean;
  /** The model answers though the documents seem not to hold it. */
  readonly anyway?: boolean;
}

/**
 * Answers a question from the passages found for it.
 * @throws FailureError what searching, loading and asking the language model throw; the signal's
 *   reason when it aborts before reading begins
 */
export async function answerPlainTurn(
  asked: PlainQuestion,
  stages: PlainTurnStages,
  view: TurnView,
  signal: AbortSignal,
): Promise<void> {
  const { id, question, askedAt, scope } = asked;
  const found = asked.begun ?? (await search(asked, stages, view, signal));
  const finished = await word(asked, found, stages, view, signal);
  const { passages, retrievalMs, isDoubtful = false, signals } = found;
  const judged = { isDoubtful, ...(signals && { signals }) };
  const read = finished && finished.status !== 'not-found' && { read: asRead(stages.ahead.laidOut) };
  view.keep({ id, question, askedAt, scope, passages, retrievalMs, ...judged, answer: finished, ...read });
}

async function search(
  { question, scope, earlier }: PlainQuestion,
  { collection }: PlainTurnStages,
  view: TurnView,
  signal: AbortSignal,
): Promise<Findings> {
  const started = performance.now();
  const { passages, signals } = await collection.find(question, { before: earlier, scope });
  signal.throwIfAborted();
  const retrievalMs = performance.now() - started;
  if (passages.length === 0) return { passages, retrievalMs };
  const found = { passages, retrievalMs, isDoubtful: isDoubtful(signals) };
  view.draw(found);
  return { ...found, signals };
}

/** @returns null when only the passages are wanted, or there is nothing to word an answer from or with */
async function word(
  { question, scope, earlier, begun, passagesOnly, anyway }: PlainQuestion,
  { passages, retrievalMs, isDoubtful }: Findings,
  { models, ahead }: PlainTurnStages,
  view: TurnView,
  signal: AbortSignal,
): Promise<Answer | null> {
  if (passages.length === 0 || passagesOnly || !models.canAnswer) return null;
  const modelId = models.chosen.spec.id;
  if (isDoubtful && !anyway && !begun) return notFound(modelId, retrievalMs);
  view.show({ kind: 'loading-model' });
  const model = await Promise.race([models.languageModel(), aborted(signal)]);
  let text = begun?.answer?.text ?? '';
  const from = { passages, retrievalMs, before: ahead.laidOut };
  const request = { question, scope, earlier, modelId, begun: text, ...from };
  const reading = performance.now();
  view.show({ kind: 'reading', done: 0, total: 0, secondsLeft: null });
  for await (const event of answer(request, model, signal)) {
    if (event.kind === 'answered') return event.answer;
    if (event.kind === 'asked') ahead.replaced(event.laidOut);
    else if (event.kind === 'token') {
      text += event.text;
      view.show({ kind: 'writing' });
      view.draw({ text, citations: event.citations });
    } else {
      const { done, total } = event;
      const perToken = (performance.now() - reading) / Math.max(1, done);
      const secondsLeft = done > 0 ? ((total - done) * perToken) / 1000 : null;
      view.show({ kind: 'reading', done, total, secondsLeft });
    }
  }
  return null;
}
