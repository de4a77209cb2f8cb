import { expect, it } from 'vitest';
import { locatePassage } from './locate-passage.ts';
import type { TextItem } from './text-segments.ts';

const SIZE = 10;

function item(str: string, x: number, y: number, matrix = [SIZE, 0, 0, SIZE]): TextItem {
  const transform = [...matrix, x, y];
  return { str, dir: 'ltr', transform, width: str.length * 5, height: SIZE, fontName: 'f1' };
}

/** The words that were located, line by line. */
function located(items: readonly TextItem[], passage: string, sentence = passage): string[] {
  const start = passage.indexOf(sentence);
  const lines = locatePassage(items, passage, { start, end: start + sentence.length });
  return lines.map((pieces) =>
    pieces.map(({ item, start, end }) => items[item]?.str.slice(start, end)).join('|'),
  );
}

const lines = [item('It stood. The light-', 50, 700), item('house burned. It fell.', 50, 688)];

it('finds a passage over a line end, through hyphens and spaces', () => {
  expect(located(lines, 'The lighthouse burned.')).toEqual(['The light', 'house burned.']);
});

it('finds all items of a line, in the order they are read', () => {
  const parts = [item('burned.', 95, 700), item(' ', 90, 700), item('The lamp', 50, 700)];
  expect(located(parts, 'The lamp burned.')).toEqual(['The lamp|burned.']);
});

it('finds ligatures and full-width forms as they were drawn', () => {
  expect(located([item('The ﬁrst oﬃce，１８２３.', 50, 700)], 'The first office,1823.', 'office')).toEqual([
    'oﬃce',
  ]);
});

it('follows turned text', () => {
  const turned = [item('Upwards.', 100, 200, [0, SIZE, -SIZE, 0])];
  expect(located(turned, 'Upwards.')).toEqual(['Upwards.']);
});

it('tells two like sentences apart by the passage they stand in', () => {
  const twice = [...lines, item('It sank. It fell.', 50, 676)];
  expect(located(twice, 'It sank. It fell.', 'It fell.')).toEqual(['It fell.']);
  expect(located(twice, 'It fell.')).toEqual([]);
});

it('finds the sentence alone when its passage is not whole on the page', () => {
  expect(located(lines, 'Elsewhere. The lighthouse burned.', 'The lighthouse burned.')).toHaveLength(2);
});

it('shows nothing when the passage is missing or empty', () => {
  expect(located(lines, 'It sank.')).toEqual([]);
  expect(located(lines, ' ')).toEqual([]);
});
