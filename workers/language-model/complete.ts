import type { ChatCompletionChunk } from '@wllama/wllama';
import { FailureError } from '../../src/domain/failure.ts';
import type { CompletionEvent, CompletionTimings, Message } from '../../src/generation/language-model.ts';
import { withDeadline } from './deadline.ts';
import type { Engine } from './engine.ts';

/** Longest silence between two pieces of news from the engine, in ms. */
const SILENCE_LIMIT = 120_000;

/** One completion of `engine`: prefill progress, then text, then what it cost. */
export async function* complete(
  engine: Pick<Engine, 'chat' | 'timings'>,
  messages: readonly Message[],
  maxTokens: number,
  signal: AbortSignal,
): AsyncGenerator<CompletionEvent> {
  const chunks = await engine.chat(
    {
      messages: messages.map((message) => ({ ...message })),
      max_tokens: Math.max(1, maxTokens),
      temperature: 0,
      penalty_repeat: 1.05,
      cache_prompt: true,
      return_progress: true,
      timings_per_token: true,
    },
    signal,
  );
  let reason: 'stop' | 'length' = 'stop';
  const iterator = chunks[Symbol.asyncIterator]();
  for (;;) {
    const next = await nextChunk(iterator, signal);
    if (next.done) break;
    engine.timings = timingsOf(next.value) ?? engine.timings;
    const progress = next.value.prompt_progress;
    if (progress) yield { kind: 'prefill', done: progress.processed, total: progress.total };
    const choice = next.value.choices[0];
    if (choice?.delta.content && maxTokens > 0) yield { kind: 'token', text: choice.delta.content };
    if (choice?.finish_reason === 'length') reason = 'length';
  }
  yield { kind: 'finished', reason, timings: engine.timings };
}

async function nextChunk(iterator: AsyncIterator<ChatCompletionChunk>, signal: AbortSignal) {
  try {
    return await withDeadline(iterator.next(), SILENCE_LIMIT, {
      kind: 'answer-timeout',
      seconds: SILENCE_LIMIT / 1000,
    });
  } catch (error) {
    if (signal.aborted) throw new DOMException('stopped', 'AbortError');
    throw asFailure(error);
  }
}

function asFailure(error: unknown): unknown {
  if (error instanceof FailureError || !(error instanceof Error)) return error;
  if (/context|exceed/i.test(error.message))
    return new FailureError({ kind: 'context-full' }, { cause: error });
  if (error.name === 'RuntimeError') {
    return new FailureError({ kind: 'worker-crashed', worker: 'llama.cpp' }, { cause: error });
  }
  return error;
}

function timingsOf(chunk: ChatCompletionChunk): CompletionTimings | null {
  const measured = chunk.timings;
  if (!measured) return null;
  return {
    promptTokens: measured.cache_n + measured.prompt_n,
    cachedTokens: measured.cache_n,
    prefillMs: measured.prompt_ms,
    completionTokens: measured.predicted_n,
    decodeMs: measured.predicted_ms,
  };
}
