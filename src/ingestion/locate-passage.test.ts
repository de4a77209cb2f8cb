import { expect, it } from 'vitest';
import { passageRectangles } from './locate-passage.ts';
import type { TextItem } from './text-segments.ts';

const SIZE = 10;
/** Of a page 800 points high, drawn at its own size. */
const upright = [1, 0, 0, -1, 0, 800];

function item(str: string, x: number, y: number, matrix = [SIZE, 0, 0, SIZE]): TextItem {
  const transform = [...matrix, x, y];
  return { str, dir: 'ltr', transform, width: str.length * 5, height: SIZE, fontName: 'f1' };
}

const lines = [item('It stood. The light-', 50, 700), item('house burned. It fell.', 50, 688)];

it('finds a passage over a line end, through hyphens and spaces', () => {
  const found = passageRectangles(lines, upright, 'The lighthouse burned.');
  expect(found).toHaveLength(2);
  // Within an item the letters' widths are guessed.
  expect(found[0]?.x).toBeCloseTo(100, -1);
  expect(found[0]?.width).toBeCloseTo(45, -1);
  expect(found[1]?.x).toBe(50);
  expect(found[1]?.width).toBeGreaterThan(60);
  expect(found[1]?.width).toBeLessThan(80);
  expect(found[0]?.y).toBeCloseTo(800 - 700 - 8.5);
  expect(found[0]?.height).toBeCloseTo(10.7);
});

it('joins what lies side by side', () => {
  const parts = [item('The lamp ', 50, 700), item('burned.', 95, 700)];
  expect(passageRectangles(parts, upright, 'The lamp burned.')).toMatchObject([{ x: 50, width: 80 }]);
});

it('scales with the viewport and follows turned text', () => {
  const [found] = passageRectangles(
    [item('Upwards.', 100, 200, [0, SIZE, -SIZE, 0])],
    [2, 0, 0, -2, 0, 1600],
    'Upwards.',
  );
  expect(found?.x).toBeCloseTo(2 * 91.5);
  expect(found?.y).toBeCloseTo(1600 - 2 * 240);
  expect(found?.width).toBeCloseTo(2 * 10.7);
  expect(found?.height).toBeCloseTo(80);
});

it('shows nothing when the passage is missing, empty or there twice', () => {
  expect(passageRectangles(lines, upright, 'It sank.')).toEqual([]);
  expect(passageRectangles(lines, upright, ' ')).toEqual([]);
  expect(passageRectangles([...lines, item('It fell.', 50, 676)], upright, 'It fell.')).toEqual([]);
});
