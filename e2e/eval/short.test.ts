import { expect, it } from 'vitest';
import { readGolden } from './golden.ts';
import { drawAnswered, SHORT_DOCUMENTS } from './short.ts';

it('draws a dozen questions for the language model, of both languages and from all over the set', () => {
  const questions = readGolden().filter(({ document }) => SHORT_DOCUMENTS.includes(document));
  const drawn = [...drawAnswered(questions)];
  expect(drawn.length).toBe(12);
  expect(new Set(drawn.map(({ language }) => language)).size).toBe(2);
  expect(new Set(drawn.map(({ document }) => document)).size).toBeGreaterThan(4);
});

it('answers all when there are few', () => {
  const few = readGolden().slice(0, 5);
  expect([...drawAnswered(few)]).toEqual(few);
});
