import { expect, test } from 'vitest';
import type { BroadQuestion } from '../domain/broad-question.ts';
import { FailureError } from '../domain/failure.ts';
import { EVERYWHERE } from '../domain/scope.ts';
import type { SourceDocument } from '../domain/source-document.ts';
import type { LanguageModel } from '../generation/language-model.ts';
import { answerBroadly } from './broad-answer.ts';
import type { BroadEvent } from './broad-reading.ts';
import type { RetrieveStages } from './retrieve.ts';

/** A page has one chunk, and so is a section. */
const pageText = (page: number) => `Tower ${page} was built by Engineer${page}.`;

function stagesOf(found: readonly string[]): RetrieveStages {
  const chunks = (ids: readonly string[]) =>
    Promise.resolve(
      ids.map((id, ordinal) => ({
        id,
        documentId: 'd',
        ordinal,
        text: pageText(ordinal + 1),
        spans: [{ page: ordinal + 1, start: 0, end: 30 }],
        sentences: [{ start: 0, end: pageText(ordinal + 1).length }],
      })),
    );
  const search = () => Promise.resolve({ matches: found.map((chunkId) => ({ chunkId, standing: {} })) });
  return { documents: { chunks }, retriever: { search } } as unknown as RetrieveStages;
}

/** Writes what `reply` makes of the text it is given, 10 s for each. */
function modelOf(reply: (prompt: string, call: number) => string, msPerSection = 10_000): LanguageModel {
  let calls = 0;
  return {
    load: () => Promise.resolve({ threads: 1, contextLength: 2048, isRestored: false }),
    forget: () => Promise.resolve(),
    unload: () => Promise.resolve(),
    complete: async function* (messages, _maxTokens, signal) {
      const text = reply(messages.at(-1)?.content ?? '', calls++);
      await Promise.resolve();
      signal.throwIfAborted();
      yield { kind: 'token', text };
      const timings = {
        promptTokens: 348,
        cachedTokens: 0,
        prefillMs: msPerSection,
        completionTokens: 1,
        decodeMs: 0,
      };
      yield { kind: 'finished', reason: 'stop', timings };
    },
  };
}

async function ask(
  broad: Pick<BroadQuestion, 'kind'> & { wanted?: string },
  pages: number,
  model: LanguageModel,
  { found = [] as readonly string[], controller = new AbortController(), stopAfter = Infinity } = {},
) {
  const events: BroadEvent[] = [];
  let failure: unknown = null;
  const documents = [{ id: 'd', name: 'd.pdf', chunkCount: pages }] as unknown as SourceDocument[];
  const request = {
    question: 'Summarise this',
    broad: { ...broad, scope: EVERYWHERE } as BroadQuestion,
    documents,
    modelId: 'model',
  };
  try {
    for await (const event of answerBroadly(request, stagesOf(found), model, controller.signal)) {
      events.push(event);
      if (events.filter(({ kind }) => kind === 'draft').length >= stopAfter) {
        controller.abort(new DOMException('stopped', 'AbortError'));
      }
    }
  } catch (error) {
    failure = error;
  }
  const last = events.at(-1);
  return { events, failure, answered: last?.kind === 'answered' ? last : null };
}

const SUMMARY = { kind: 'summary' } as const;
const isNotes = (prompt: string) => prompt.startsWith('Notes:');
/** Says of a section what it says, and of the notes something that the second proves. */
const faithful = (prompt: string) =>
  isNotes(prompt) ? 'Tower 2 was built by Engineer2.' : (prompt.split('\n\n')[1] ?? '');

test('every section gives a line with its page, and the notes an overall answer', async () => {
  const { events, answered } = await ask(SUMMARY, 3, modelOf(faithful));
  expect(events.map(({ kind }) => kind)).toEqual([
    ...['section', 'draft', 'section', 'draft', 'section', 'draft', 'concluding', 'draft', 'answered'],
  ]);
  expect(answered?.answer).toMatchObject({ status: 'complete', modelId: 'model' });
  expect(answered?.answer.text).toBe(
    `Tower 2 was built by Engineer2.\n\n- p. 1: ${pageText(1)}\n- p. 2: ${pageText(2)}\n- p. 3: ${pageText(3)}`,
  );
  const { text = '', citations = [] } = answered?.answer ?? {};
  expect(citations.map(({ start, end, passage }) => [text.slice(start, end), passage])).toEqual([
    ['Tower 2 was built by Engineer2.', 2],
    ['p. 1', 1],
    ['p. 2', 2],
    ['p. 3', 3],
  ]);
  expect(answered?.passages.map(({ number, highlight }) => [number, highlight?.start])).toEqual([
    [1, 0],
    [2, 0],
    [3, 0],
  ]);
  expect(answered?.answer.timings.promptTokens).toBe(4 * 348);
});

test('of a long document only so many sections are read as two minutes allow, and the answer says so', async () => {
  const { events, answered } = await ask(SUMMARY, 100, modelOf(faithful));
  expect(events.filter(({ kind }) => kind === 'section').at(-1)).toMatchObject({
    section: 12,
    total: 12,
    of: 100,
  });
  expect(answered?.answer.text).toMatch(/\n\n12 of 100 sections were read\.$/);
  expect(answered?.passages.map(({ chunk }) => chunk.ordinal)).toEqual([
    0, 8, 16, 25, 33, 41, 50, 58, 66, 75, 83, 91,
  ]);
  const slow = await ask(SUMMARY, 100, modelOf(faithful, 100_000));
  expect(slow.answered?.passages).toHaveLength(4);
});

test('what a section does not say is marked', async () => {
  const { answered } = await ask(
    SUMMARY,
    1,
    modelOf(() => 'Dolphins guided 77 ships home.'),
  );
  expect(answered?.answer.text).toBe('- p. 1: Dolphins guided 77 ships home.');
  expect(answered?.answer.citations).toEqual([
    { start: 2, end: 6, passage: 1, evidence: null, strangers: [] },
    { start: 8, end: 38, passage: null, evidence: null, strangers: [{ start: 24, end: 26 }] },
  ]);
});

test('a list holds each item once, none that its section does not name, from the sections that fit', async () => {
  const list = { kind: 'list', wanted: 'engineers' } as const;
  const reply = (prompt: string) => `- ${/Engineer\d+/.exec(prompt)?.[0] ?? ''}\n- Neptune\n- tower`;
  const { events, answered } = await ask(list, 100, modelOf(reply), { found: ['d:70', 'd:9', 'd:40'] });
  expect(events.some(({ kind }) => kind === 'concluding')).toBe(false);
  expect(answered?.passages.slice(0, 3).map(({ chunk }) => chunk.ordinal)).toEqual([70, 0, 1]);
  expect(answered?.passages.map(({ chunk }) => chunk.ordinal)).toContain(40);
  const lines = answered?.answer.text.split('\n') ?? [];
  expect(lines.slice(0, 3)).toEqual(['- Engineer71', '- tower', '- Engineer1']);
  expect(answered?.answer.text).not.toContain('Neptune');
  expect(lines.filter((line) => line === '- tower')).toHaveLength(1);
});

test('a list of nothing says so', async () => {
  const { answered } = await ask(
    { kind: 'list', wanted: 'whales' },
    2,
    modelOf(() => 'none'),
  );
  expect(answered?.answer.text).toBe('Nothing of the kind was found in what was read.');
});

test('stopping keeps the lines there are', async () => {
  const { answered, failure } = await ask(SUMMARY, 9, modelOf(faithful), { stopAfter: 2 });
  expect(failure).toBeNull();
  expect(answered?.answer.status).toBe('interrupted');
  expect(answered?.answer.text).toBe(
    `- p. 1: ${pageText(1)}\n- p. 2: ${pageText(2)}\n\n2 of 9 sections were read.`,
  );
});

test('a failure keeps the lines there are, and is told', async () => {
  const failing = modelOf((prompt, call) => {
    if (call === 2) throw new FailureError({ kind: 'answer-timeout', seconds: 60 });
    return faithful(prompt);
  });
  const { answered, failure } = await ask(SUMMARY, 9, failing);
  expect(answered?.answer).toMatchObject({ status: 'interrupted' });
  expect(answered?.answer.text).toContain('2 of 9');
  expect(failure).toMatchObject({ failure: { kind: 'answer-timeout' } });
});

test('a failure before the first line is only told, and nothing to read is no answer', async () => {
  const failing = modelOf(() => {
    throw new FailureError({ kind: 'context-full' });
  });
  const failed = await ask(SUMMARY, 9, failing);
  expect(failed.answered).toBeNull();
  expect(failed.failure).toMatchObject({ failure: { kind: 'context-full' } });
  expect((await ask(SUMMARY, 0, modelOf(faithful))).events).toEqual([]);
});
