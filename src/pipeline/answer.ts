import type { Answer, Earlier, Passage, Timings } from '../domain/conversation.ts';
import type { Scope } from '../domain/scope.ts';
import { isAbort } from '../domain/failure.ts';
import type { Citation } from '../domain/citation.ts';
import { citer } from '../generation/cite.ts';
import type { Excerpt } from '../generation/excerpt.ts';
import type { CompletionTimings, LanguageModel } from '../generation/language-model.ts';
import { withoutMarkers } from '../generation/markers.ts';
import { ANSWER_TOKENS, prompt } from '../generation/prompt.ts';
import { scopeSource } from './scope-source.ts';
import { leanedOn } from './standalone.ts';

export type AnswerEvent =
  /** The first event: what the model reads of passages, in its order. */
  | { readonly kind: 'asked'; readonly laidOut: readonly Excerpt[] }
  /** Tokens of the prompt read so far, of all. */
  | { readonly kind: 'reading'; readonly done: number; readonly total: number }
  /** A piece of text, and the proof of the sentences that are finished with it. */
  | { readonly kind: 'token'; readonly text: string; readonly citations: readonly Citation[] }
  | { readonly kind: 'answered'; readonly answer: Answer };

export interface AnswerRequest {
  readonly question: string;
  readonly scope: Scope;
  readonly passages: readonly Passage[];
  readonly retrievalMs: number;
  /** The turn before. */
  readonly earlier: Earlier | undefined;
  /** What the model read last: see `prompt`. */
  readonly before: readonly Excerpt[];
  /** The text of an answer that was cut, to be gone on with; empty for a new one. */
  readonly begun: string;
  readonly modelId: string;
}

/**
 * Words an answer from the passages found. Always ends with `answered`: when `signal` fires,
 * with what was written so far.
 * @throws FailureError what `LanguageModel.complete` throws
 */
export async function* answer(
  request: AnswerRequest,
  model: LanguageModel,
  signal: AbortSignal,
): AsyncGenerator<AnswerEvent> {
  const { question, passages, earlier, before, begun } = request;
  const source = scopeSource(request.scope, passages);
  const asked = prompt(question, passages, leanedOn(question, earlier), before, begun, source);
  yield { kind: 'asked', laidOut: asked.laidOut };
  const cite = citer(asked.passages);
  const finish = (status: Answer['status'], measured: CompletionTimings): AnswerEvent => {
    const written = withoutMarkers(text, asked.passages).trimEnd();
    const timings: Timings = { retrievalMs: request.retrievalMs, ...measured };
    const { modelId } = request;
    return {
      kind: 'answered',
      answer: { text: written, status, citations: cite(written), timings, modelId },
    };
  };
  const clock = new Clock();
  let text = begun;
  try {
    for await (const event of model.complete(asked.messages, ANSWER_TOKENS, signal)) {
      if (event.kind === 'prefill') {
        clock.read(event.done);
        yield { kind: 'reading', done: event.done, total: event.total };
      } else if (event.kind === 'token') {
        clock.write();
        text += event.text;
        yield { kind: 'token', text: event.text, citations: cite(text).slice(0, -1) };
      } else {
        yield finish(event.reason === 'length' ? 'length' : 'complete', event.timings);
      }
    }
  } catch (error) {
    if (!isAbort(error)) throw error;
    yield finish('interrupted', clock.timings());
  }
}

/** In the place of an answer that the documents seem not to hold; the model is not asked. */
export function notFound(modelId: string, retrievalMs: number): Answer {
  const unread = { promptTokens: 0, cachedTokens: 0, prefillMs: 0, completionTokens: 0, decodeMs: 0 };
  return { text: '', status: 'not-found', citations: [], timings: { retrievalMs, ...unread }, modelId };
}

/** Our own measure, for an answer that was stopped before the engine gave its own. */
class Clock {
  #started = performance.now();
  #firstToken: number | null = null;
  #promptTokens = 0;
  #tokens = 0;

  read(done: number): void {
    this.#promptTokens = done;
  }

  write(): void {
    this.#firstToken ??= performance.now();
    this.#tokens++;
  }

  timings(): CompletionTimings {
    const now = performance.now();
    return {
      promptTokens: this.#promptTokens,
      cachedTokens: 0,
      prefillMs: (this.#firstToken ?? now) - this.#started,
      completionTokens: this.#tokens,
      decodeMs: this.#firstToken === null ? 0 : now - this.#firstToken,
    };
  }
}
