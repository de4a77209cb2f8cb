import { expect, it } from 'vitest';
import type { Recorded } from '../recorded.ts';
import { citationsRight, refused, strangersMarked, supportedCited, unsupportedMarked } from './answers.ts';

const TEXTS = [
  'The harbour ferry carries eighteen passengers and one goat.',
  'The pilot of the harbour ferry is Marguerite Stoll.',
];

function recorded(status: string, sentences: readonly (readonly [string, number | null])[]): Recorded {
  const timings = {
    retrievalMs: 0,
    promptTokens: 0,
    cachedTokens: 0,
    prefillMs: 0,
    completionTokens: 0,
    decodeMs: 0,
  };
  const place = { document: 'ferry', page: 1, span: 'pilot of the harbour ferry is Marguerite' };
  return {
    question: {
      ...{
        document: 'ferry',
        language: 'en',
        half: 'judge',
        id: '1',
        kind: 'fact',
        question: 'Who is the pilot?',
      },
      ...{ history: [], evidence: [place], also: [], fact: ['Stoll'] },
    },
    passages: TEXTS.map((text) => ({ document: 'ferry', pages: [1], text, score: 0, highlight: null })),
    rankings: {},
    retrievalMs: 0,
    signals: null,
    answer: {
      text: sentences.map(([text]) => text).join(' '),
      quote: null,
      status,
      modelId: 'any',
      sentences: sentences.map(([text, passage]) => ({ text, passage })),
      timings,
    },
    totalMs: 0,
  };
}

it('holds a citation for right only when the passage proves the sentence', () => {
  const answer = recorded('complete', [
    ['The ferry carries eighteen passengers.', 0],
    ['The pilot of the harbour ferry is Marguerite Stoll.', 1],
    ['The pilot of the harbour ferry is Marguerite Stoll.', 0],
    ['The ferry sank.', null],
  ]);
  expect(citationsRight(answer)).toEqual([true, true, false]);
});

it('asks the cited passage for the fact that the sentence holds', () => {
  const answer = recorded('complete', [['the harbour ferry carries stoll, passengers', 0]]);
  expect(citationsRight(answer)).toEqual([false]);
});

it('sees supported sentences without a citation, and unsupported ones with one', () => {
  const answer = recorded('complete', [
    ['The ferry carries eighteen passengers.', null],
    ['The ferry carries eighteen passengers.', 0],
    ['Tickets are sold at every railway station.', 1],
    ['Tickets are sold at every railway station.', null],
  ]);
  expect(supportedCited(answer)).toEqual([false, true]);
  expect(unsupportedMarked(answer)).toEqual([false, true]);
});

it('looks for a name or a number of no passage in every sentence', () => {
  const answer = recorded('complete', [
    ['The ferry of Captain Ahab carries eighteen passengers.', 0],
    ['The ferry carries 19 passengers.', null],
    ['The ferry carries eighteen passengers.', 0],
  ]);
  expect(strangersMarked(answer)).toEqual([false, true]);
});

it('judges no sentence of a refusal', () => {
  const answer = recorded('not-found', [['The ferry sank.', 0]]);
  expect(refused(answer)).toBe(true);
  expect([citationsRight(answer), unsupportedMarked(answer)]).toEqual([[], []]);
});
