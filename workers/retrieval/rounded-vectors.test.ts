import { expect, test } from 'vitest';
import { cosines, meanOf, rounded } from './rounded-vectors.ts';

const unit = (...numbers: number[]) => numbers.map((number) => number / Math.hypot(...numbers));

test('rounding keeps directions', () => {
  const rows = [unit(3, -1, 0.2, 0.05), unit(-0.1, 0.3, 0.02, -2)];
  const query = Float32Array.from(unit(1, 2, -3, 0.5));
  const exact = rows.map((row) => row.reduce((sum, number, i) => sum + number * (query[i] ?? 0), 0));
  const found = cosines(query, rounded(Float32Array.from(rows.flat()), 4));
  expect(found).toHaveLength(2);
  found.forEach((cosine, row) => expect(cosine).toBeCloseTo(exact[row] ?? NaN, 2));
});

test('nothing stays nothing', () => {
  const rows = rounded(new Float32Array(2), 2);
  expect(cosines(Float32Array.of(1, 0), rows)).toEqual([0]);
  expect([...meanOf(rows, 2)]).toEqual([0, 0]);
});

test('the mean lies between its rows, whatever they are scaled by', () => {
  const [x = 0, y = 0] = meanOf(Int8Array.of(127, 0, 0, 64), 2);
  expect(x).toBeCloseTo(Math.SQRT1_2);
  expect(y).toBeCloseTo(Math.SQRT1_2);
});
