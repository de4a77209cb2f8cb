import { expect, test } from 'vitest';
import { FailureError } from '../domain/failure.ts';
import { EVERYWHERE } from '../domain/scope.ts';
import type { CompletionEvent, LanguageModel } from '../generation/language-model.ts';
import { answer, type AnswerEvent, type AnswerRequest } from './answer.ts';

const timings = { promptTokens: 90, cachedTokens: 30, prefillMs: 100, completionTokens: 3, decodeMs: 50 };
const request: AnswerRequest = {
  question: 'Who invented the lens?',
  scope: EVERYWHERE,
  passages: [
    {
      number: 1,
      chunk: {
        id: 'd:0',
        documentId: 'd',
        ordinal: 0,
        text: 'The lens was invented by Fresnel.',
        spans: [{ page: 4, start: 0, end: 33 }],
        sentences: [],
      },
      documentName: 'd.pdf',
      score: 0.8,
      highlight: null,
    },
  ],
  retrievalMs: 12,
  earlier: undefined,
  before: [],
  begun: '',
  modelId: 'model',
};

function modelOf(script: (signal: AbortSignal) => AsyncGenerator<CompletionEvent>): LanguageModel {
  return {
    load: () => Promise.resolve({ threads: 1, contextLength: 2048, isRestored: false }),
    forget: () => Promise.resolve(),
    complete: (_messages, _maxTokens, signal) => script(signal),
    unload: () => Promise.resolve(),
  };
}

async function eventsOf(asked: AnswerRequest, model: LanguageModel, signal = new AbortController().signal) {
  const events: AnswerEvent[] = [];
  for await (const event of answer(asked, model, signal)) events.push(event);
  return events;
}

test('progress, text, then an answer with its proof and its cost', async () => {
  const model = modelOf(async function* () {
    yield { kind: 'prefill', done: 90, total: 90 };
    yield { kind: 'token', text: 'Fresnel invented ' };
    yield { kind: 'token', text: 'the lens. ' };
    yield { kind: 'token', text: 'Yes [1].' };
    yield { kind: 'finished', reason: 'stop', timings };
  });
  const events = await eventsOf(request, model);
  expect(events.map(({ kind }) => kind)).toEqual(['asked', 'reading', 'token', 'token', 'token', 'answered']);
  expect(events.at(-2)).toMatchObject({ citations: [{ start: 0, end: 26, passage: 1 }] });
  expect(events.at(-1)).toMatchObject({
    answer: {
      text: 'Fresnel invented the lens. Yes.',
      status: 'complete',
      citations: [{ start: 0, end: 26, passage: 1 }, { passage: null }],
      timings: { retrievalMs: 12, cachedTokens: 30 },
    },
  });
});

test('stopping keeps what was written and is no failure', async () => {
  const controller = new AbortController();
  const model = modelOf(async function* (signal) {
    yield { kind: 'token', text: 'Fresnel' };
    controller.abort();
    await Promise.resolve();
    throw new DOMException('stopped', signal.aborted ? 'AbortError' : 'Error');
  });
  const last = (await eventsOf(request, model, controller.signal)).at(-1);
  expect(last).toMatchObject({ answer: { text: 'Fresnel', status: 'interrupted' } });
});

test('an answer cut by the limit says so, and is gone on with', async () => {
  const model = modelOf(async function* () {
    yield { kind: 'token', text: ' invented it' };
    yield { kind: 'finished', reason: 'length', timings };
  });
  const last = (await eventsOf({ ...request, begun: 'Fresnel' }, model)).at(-1);
  expect(last).toMatchObject({ answer: { text: 'Fresnel invented it', status: 'length' } });
});

test('a failure of the model passes through', async () => {
  const model = modelOf(async function* () {
    await Promise.resolve();
    throw new FailureError({ kind: 'context-full' });
  });
  await expect(eventsOf(request, model)).rejects.toMatchObject({ failure: { kind: 'context-full' } });
});
