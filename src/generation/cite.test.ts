import { expect, test } from 'vitest';
import type { Passage } from '../domain/conversation.ts';
import { citer } from './cite.ts';

const passage = (number: number, text: string): Passage => ({
  number,
  chunk: {
    id: `d:${number}`,
    documentId: 'd',
    ordinal: number,
    text,
    spans: [{ page: number, start: 0, end: 1 }],
    sentences: [],
  },
  documentName: 'd.pdf',
  score: 1,
  highlight: null,
});

const fresnel =
  'Coal burned in open fires before. The first Fresnel lens was lit in July 1823 in the Cordouan lighthouse.';
const passages = [
  passage(1, fresnel),
  passage(2, 'Keepers trimmed the wicks and recorded the weather every night. Each had 2 helpers.'),
];
const cite = citer(passages);
const zh = citer([
  passage(1, '早先烧的是煤。第一盏灯于1823年7月在科尔杜昂（Cordouan）灯塔点亮，共十二盏。'),
  passage(2, '要停机时，请用 shutdown 命令通知所有在线的人。'),
]);
const words = (text: string, ranges: readonly { start: number; end: number }[] = []) =>
  ranges.map(({ start, end }) => text.slice(start, end));

test('each sentence is tied to the passage that says it, and there to its sentence', () => {
  const found = cite('The Fresnel lens was first lit in 1823. The keepers recorded the weather.');
  expect(found).toMatchObject([
    { start: 0, end: 39, passage: 1, strangers: [] },
    { start: 40, end: 73, passage: 2, strangers: [] },
  ]);
  expect(found[0]?.evidence).toEqual({ start: fresnel.indexOf('The first'), end: fresnel.length });
  expect(found[1]?.evidence?.start).toBe(0);
});

test('a sentence that no passage says has no proof', () => {
  const [found] = cite('Dolphins guided the ships home.');
  expect(found).toMatchObject({ passage: null, evidence: null, strangers: [] });
});

test.each([
  ['The first Fresnel lens was lit in July 1832 in the Cordouan lighthouse.', ['1832']],
  ['The first Fresnel lens was lit by Napoleon in the Cordouan lighthouse.', ['Napoleon']],
  ['Keepers recorded the weather with `wxlog` every night.', ['wxlog']],
  ['Keepers recorded the weather and trimmed 1,200 wicks.', ['1,200']],
])('a number or a name of no passage is marked, and its sentence never proven: %s', (text, strangers) => {
  const [found] = cite(text);
  expect(words(text, found?.strangers)).toEqual(strangers);
  expect(found?.passage).toBeNull();
});

test('numbers of two passages prove no sentence together', () => {
  const [found] = cite('The keepers recorded the weather of 1823 every night.');
  expect(found).toMatchObject({ passage: null, strangers: [] });
});

test('a number told of another matter than its sentence proves nothing', () => {
  const near = citer([
    passage(
      1,
      'So did the lamp of Argand, invented in 1780. The great step was taken by Fresnel. His lens was made of rings. ' +
        'A ring was cut from the clearest glass of the country. It took its makers many months.',
    ),
  ]);
  expect(near('The Fresnel lens was invented in 1780.')[0]).toMatchObject({ passage: null, strangers: [] });
  expect(near('The Argand lamp was invented in 1780.')[0]?.passage).toBe(1);
  expect(near('It took Fresnel many months to invent the clearest lamp.')[0]?.passage).toBeNull();
});

test('the numbers of a list state nothing', () => {
  expect(cite('7. Keepers trimmed the wicks every night.')[0]).toMatchObject({ passage: 2, strangers: [] });
});

test('Chinese sentences are tied too', () => {
  const [lit, , told] = zh('第一盏灯于1823年在Cordouan灯塔点亮。共十二盏。用 shutdown 命令通知在线的人。');
  expect(lit).toMatchObject({ passage: 1, evidence: { start: 7 }, strangers: [] });
  expect(told).toMatchObject({ passage: 2, strangers: [] });
});

test('in Chinese figures, Han numbers, Latin words and quoted names are marked', () => {
  const text = '第一盏灯于1832年在“凤凰”灯塔点亮，共十三盏，请用 systemctl 命令。';
  const [found] = zh(text);
  expect(words(text, found?.strangers)).toEqual(['1832', '凤凰', '十三', 'systemctl']);
  expect(found?.passage).toBeNull();
});
