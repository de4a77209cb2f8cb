import { describe, expect, it } from 'vitest';
import { textOf } from './paragraphs.ts';
import { linesOf } from './reading-order.ts';
import type { TextItem } from './text-segments.ts';

const SIZE = 10;

function item(str: string, x: number, y: number, more: Partial<TextItem> = {}): TextItem {
  const transform = [SIZE, 0, 0, SIZE, x, y];
  return { str, dir: 'ltr', transform, width: str.length * 5, height: SIZE, fontName: 'f1', ...more };
}

const textFrom = (items: readonly TextItem[]): string => textOf(linesOf(items));
/** Lines of 40 characters, 200 points wide, 12 points apart. */
const column = (name: string, x: number, count: number): TextItem[] =>
  Array.from({ length: count }, (_, n) => item(`${name}${n} `.padEnd(40, 'lorem '), x, 700 - n * 12));

describe('lines', () => {
  it('joins the pieces of a line whatever order they are drawn in', () => {
    expect(textFrom([item('world', 130, 700), item('Hello', 100, 700)])).toBe('Hello world');
    expect(textFrom([item('Hel', 100, 700), item('lo', 115, 700)])).toBe('Hello');
    expect(textFrom([item('a', 100, 700), item(' ', 105, 700), item('b', 105.5, 700)])).toBe('a b');
  });

  it('draws no letter twice where bold type is made by shifting', () => {
    expect(textFrom([item('Bold', 100, 700), item('Bold', 100.3, 700)])).toBe('Bold');
  });

  it('drops control characters and the spaces between Chinese characters', () => {
    expect(textFrom([item('灯 塔\u0001高', 100, 700, { width: 40 })])).toBe('灯塔高');
  });
});

describe('columns', () => {
  it('reads two columns drawn row by row one after the other, headings in their places', () => {
    const [left, right] = [column('L', 50, 8), column('R', 270, 8)];
    const rows = left.flatMap((each, index) => [each, right[index] ?? each]);
    const heading = item('A heading over the whole width of both of the columns'.padEnd(84, '.'), 50, 720);
    const lines = linesOf([...rows, heading]).map(({ text }) => text.slice(0, 2));
    const expected = ['A ', ...[0, 1, 2, 3, 4, 5, 6, 7].map((n) => `L${n}`)];
    expect(lines).toEqual([...expected, ...[0, 1, 2, 3, 4, 5, 6, 7].map((n) => `R${n}`)]);
  });

  it('reads a table row by row', () => {
    const rows = ['Oil', 'Gas', 'Wax', 'Sun'].flatMap((name, n) => [
      item(name, 50, 700 - n * 12),
      item(String(n), 300, 700 - n * 12),
    ]);
    expect(textFrom(rows)).toBe('Oil 0\nGas 1\nWax 2\nSun 3');
  });
});

describe('paragraphs', () => {
  it('heals words broken at the end of a line, but not compounds', () => {
    const lines = ['The light-', 'house was well-', 'known in 1759-', '60.'];
    expect(textFrom(lines.map((line, n) => item(line, 50, 700 - n * 12)))).toBe(
      'The lighthouse was well-known in 1759- 60.',
    );
  });

  it('parts headings by their size and paragraphs by their distance or indent', () => {
    const items = [
      item('Keepers', 50, 700, { height: 16, transform: [16, 0, 0, 16, 50, 700] }),
      item('They lived in the tower all the winter and', 50, 676, { width: 200 }),
      item('wrote letters.', 50, 664),
      item('In spring the boat came and brought flour', 62, 652, { width: 188 }),
      item('and news.', 50, 640),
      item('Nobody knew.', 50, 610),
    ];
    expect(textFrom(items).split('\n\n')).toEqual([
      'Keepers',
      'They lived in the tower all the winter and wrote letters.',
      'In spring the boat came and brought flour and news.',
      'Nobody knew.',
    ]);
  });

  it('joins Chinese lines by nothing', () => {
    const items = ['守塔人点亮了“', '灯塔”的灯，', '然后睡觉。'].map((text, n) =>
      item(text, 50, 700 - n * 12),
    );
    expect(textFrom(items)).toBe('守塔人点亮了“灯塔”的灯，然后睡觉。');
  });
});

describe('turned text', () => {
  it.each([
    ['upwards', [0, SIZE, -SIZE, 0], (n: number) => [100 + n * 12, 50]],
    ['upside down', [-SIZE, 0, 0, -SIZE], (n: number) => [500, 100 + n * 12]],
    ['downwards', [0, -SIZE, SIZE, 0], (n: number) => [500 - n * 12, 700]],
  ])('that runs %s reads like upright text', (_, matrix, place) => {
    const items = ['The first line,', 'the second line.'].map((text, n) =>
      item(text, 0, 0, { transform: [...matrix, ...place(n)] }),
    );
    expect(textFrom(items)).toBe('The first line, the second line.');
  });

  it('that runs otherwise than the page comes last', () => {
    const stamp = item('stamp', 0, 0, { transform: [0, SIZE, -SIZE, 0, 20, 300] });
    expect(textFrom([stamp, item('The text of the page.', 50, 700)])).toBe('The text of the page.\n\nstamp');
  });
});

it('makes nothing of nothing', () => {
  expect(textFrom([])).toBe('');
  expect(linesOf([item(' ', 0, 0)])).toEqual([]);
});
