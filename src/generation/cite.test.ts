import { expect, test } from 'vitest';
import type { Passage } from '../domain/conversation.ts';
import { cite } from './cite.ts';

const passage = (number: number, text: string): Passage => ({
  number,
  chunk: {
    id: `d:${number}`,
    documentId: 'd',
    ordinal: number,
    text,
    spans: [{ page: number, start: 0, end: 1 }],
  },
  documentName: 'd.pdf',
  score: 1,
  highlight: null,
});

const passages = [
  passage(1, 'The first Fresnel lens was lit in July 1823 in the Cordouan lighthouse.'),
  passage(2, 'Keepers trimmed the wicks and recorded the weather every night.'),
];

test('each sentence is tied to the passage that says it', () => {
  const text = 'The Fresnel lens was first lit in 1823. The keepers recorded the weather.';
  expect(cite(text, passages)).toEqual([
    { start: 0, end: 39, passage: 1 },
    { start: 40, end: 73, passage: 2 },
  ]);
});

test('a sentence that no passage says has no proof', () => {
  expect(cite('Dolphins guided the ships home.', passages)[0]?.passage).toBeNull();
});

test('a number that stands in no passage is never proven', () => {
  expect(
    cite('The first Fresnel lens was lit in July 1832 in the Cordouan lighthouse.', passages)[0]?.passage,
  ).toBeNull();
});

test('Chinese sentences are tied too', () => {
  const found = cite('第一盏灯于1823年点亮。', [passage(1, '第一盏灯于1823年7月在科尔杜昂灯塔点亮。')]);
  expect(found[0]?.passage).toBe(1);
});
