import type { Answer, Earlier, Turn } from '../domain/conversation.ts';
import { isUnproved } from '../domain/quote.ts';
import { asRead } from '../generation/excerpt.ts';
import { answer, notFound } from '../pipeline/answer.ts';
import { verdictOn } from '../retrieval/answerable.ts';
import { aborted } from './aborted.ts';
import type { Collection } from './collection.svelte.ts';
import type { TurnView } from './live-turn.ts';
import type { Models } from './models.svelte.ts';
import type { ReadAhead } from './read-ahead.ts';

/** What a question is answered from. */
interface Findings extends Pick<Turn, 'passages' | 'retrievalMs' | 'isDoubtful' | 'signals'> {
  /** The documents hold the answer only if a sentence of it is proved. */
  readonly needsProof?: boolean;
}

export interface PlainTurnStages {
  readonly collection: Pick<Collection, 'find'>;
  readonly models: Pick<Models, 'canAnswer' | 'chosen' | 'languageModel'>;
  readonly ahead: Pick<ReadAhead, 'laidOut' | 'replaced'>;
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
  const { passages, retrievalMs, signals } = found;
  const isDoubtful = found.isDoubtful === true || finished?.status === 'not-found';
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
  const verdict = verdictOn(signals);
  const found = { passages, retrievalMs, isDoubtful: verdict === 'doubtful' };
  view.draw(found);
  return { ...found, signals, needsProof: verdict === 'if-proved' };
}

/** @returns null when only the passages are wanted, or there is nothing to word an answer from or with */
async function word(
  { question, scope, earlier, begun, passagesOnly, anyway }: PlainQuestion,
  { passages, retrievalMs, isDoubtful, needsProof }: Findings,
  { models, ahead }: PlainTurnStages,
  view: TurnView,
  signal: AbortSignal,
): Promise<Answer | null> {
  if (passages.length === 0 || passagesOnly || !models.canAnswer) return null;
  const modelId = models.chosen.spec.id;
  if (isDoubtful && !anyway && !begun) return notFound(modelId, retrievalMs);
  let isHeldBack = needsProof === true && !anyway && !begun;
  view.show({ kind: 'loading-model' });
  const model = await Promise.race([models.languageModel(), aborted(signal)]);
  let text = begun?.answer?.text ?? '';
  const from = { passages, retrievalMs, before: ahead.laidOut };
  const request = { question, scope, earlier, modelId, begun: text, ...from };
  const reading = performance.now();
  view.show({ kind: 'reading', done: 0, total: 0, secondsLeft: null });
  for await (const event of answer(request, model, signal)) {
    if (event.kind === 'answered') return isHeldBack ? ifProved(event.answer) : event.answer;
    if (event.kind === 'asked') ahead.replaced(event.laidOut);
    else if (event.kind === 'token') {
      text += event.text;
      isHeldBack &&= isUnproved(event.citations);
      view.show({ kind: isHeldBack ? 'proving' : 'writing' });
      if (!isHeldBack) view.draw({ text, citations: event.citations });
    } else {
      const { done, total } = event;
      const perToken = (performance.now() - reading) / Math.max(1, done);
      const secondsLeft = done > 0 ? ((total - done) * perToken) / 1000 : null;
      view.show({ kind: 'reading', done, total, secondsLeft });
    }
  }
  return null;
}

/** An answer that nothing of is proved, to a question the documents may not answer: the model guesses. */
function ifProved(answer: Answer): Answer {
  return answer.status !== 'interrupted' && isUnproved(answer.citations)
    ? { ...answer, status: 'not-found', text: '', citations: [] }
    : answer;
}
