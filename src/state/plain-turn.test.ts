import { expect, test } from 'vitest';
import type { Passage, Signals, Turn } from '../domain/conversation.ts';
import { EVERYWHERE } from '../domain/scope.ts';
import type { LanguageModel } from '../generation/language-model.ts';
import { verdictOn, type Verdict } from '../retrieval/answerable.ts';
import type { LiveTurn } from './live-turn.ts';
import { answerPlainTurn, type PlainTurnStages } from './plain-turn.ts';

const text = 'The lens was invented by Augustin Fresnel.';
const passage: Passage = {
  number: 1,
  chunk: {
    id: 'd:0',
    documentId: 'd',
    ordinal: 0,
    text,
    spans: [{ page: 1, start: 0, end: text.length }],
    sentences: [{ start: 0, end: text.length }],
  },
  documentName: 'd.pdf',
  score: 1,
  highlight: null,
};

function signalsFor(verdict: Verdict): Signals {
  const found = Array.from({ length: 400 }, (_, i) => i / 100 - 2)
    .map((margin) => ({ margin, likeness: 1, missingName: 0, hasName: 1, length: 6 }))
    .find((signals) => verdictOn(signals) === verdict);
  if (!found) throw new Error(`No margin makes a question ${verdict}.`);
  return found;
}

/** Has the question answered with these words, and tells what was shown on the way and kept at the end. */
async function ask(words: readonly string[], verdict: Verdict, anyway = false) {
  const model: LanguageModel = {
    load: () => Promise.resolve({ threads: 1, contextLength: 2048, isRestored: false }),
    forget: () => Promise.resolve(),
    unload: () => Promise.resolve(),
    complete: async function* () {
      for (const word of words) yield await Promise.resolve({ kind: 'token', text: word } as const);
      const timings = { promptTokens: 9, cachedTokens: 0, prefillMs: 9, completionTokens: 9, decodeMs: 9 };
      yield { kind: 'finished', reason: 'stop', timings };
    },
  };
  const stages = {
    collection: { find: () => Promise.resolve({ passages: [passage], signals: signalsFor(verdict) }) },
    models: {
      canAnswer: true,
      chosen: { spec: { id: 'm' } },
      languageModel: () => Promise.resolve(model),
    },
    ahead: { laidOut: [], replaced: () => {} },
  } as unknown as PlainTurnStages;
  const drawn: string[] = [];
  const kept: Turn[] = [];
  const view = {
    show: () => {},
    draw: ({ text: draft }: Partial<LiveTurn>) => void (draft !== undefined && drawn.push(draft)),
    keep: (turn: Turn) => void kept.push(turn),
  };
  const question = 'Who invented the lens?';
  const asked = { id: 't', question, askedAt: 0, scope: EVERYWHERE, earlier: undefined, anyway };
  await answerPlainTurn(asked, stages, view, new AbortController().signal);
  const [turn] = kept;
  if (!turn) throw new Error('Nothing was kept.');
  return { drawn, turn };
}

const GUESS = ['It was ', 'Napoleon. ', 'He slept ', 'badly.'];
const PROVED = ['The lens was invented ', 'by Augustin Fresnel. ', 'It shone.'];

test('an answer that has to be proved is never shown when it is not', async () => {
  const { drawn, turn } = await ask(GUESS, 'if-proved');
  expect(drawn).toEqual([]);
  expect(turn).toMatchObject({ isDoubtful: true, answer: { status: 'not-found', text: '', citations: [] } });
});

test('it is shown from its first proved sentence on', async () => {
  const { drawn, turn } = await ask(PROVED, 'if-proved');
  expect(drawn).toEqual([PROVED.join('')]);
  expect(turn).toMatchObject({ isDoubtful: false, answer: { status: 'complete', text: PROVED.join('') } });
});

test('other answers, and those that are insisted on, are shown as they are written', async () => {
  for (const { drawn, turn } of [await ask(GUESS, 'answerable'), await ask(GUESS, 'if-proved', true)]) {
    expect(drawn).toHaveLength(GUESS.length);
    expect(turn.answer).toMatchObject({ status: 'complete', text: GUESS.join('') });
  }
});

test('of a doubtful question the model hears only when it is insisted on', async () => {
  expect((await ask(GUESS, 'doubtful')).turn).toMatchObject({ isDoubtful: true, answer: { text: '' } });
  expect((await ask(GUESS, 'doubtful', true)).turn.answer?.text).toBe(GUESS.join(''));
});
