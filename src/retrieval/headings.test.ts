import { expect, test } from 'vitest';
import { headingsOf } from './headings.ts';

const under = (...texts: string[]) =>
  headingsOf(
    texts.map((text, ordinal) => ({
      id: `a:${ordinal}`,
      documentId: 'a',
      ordinal,
      text,
      spans: [],
      sentences: [],
    })),
  );

test('a heading holds until the next one', () => {
  expect(under('Preface.', '2 Valves\nThey open.', 'They close.\n2.1 Red valves\nRed.', 'Redder.')).toEqual([
    '',
    'Valves',
    'Valves',
    'Red valves',
  ]);
});

test('sentences and lists are no headings', () => {
  expect(under('2 litres of oil are enough.', '1. Open the valve;', '4 Pumps 17')).toEqual(['', '', '']);
});

test('Chinese headings', () => {
  expect(under('3.1 国际化\n软件要能翻译。', '翻译好的软件。')).toEqual(['国际化', '国际化']);
});
