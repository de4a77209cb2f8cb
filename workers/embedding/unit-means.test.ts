import { expect, test } from 'vitest';
import { unitMeans } from './unit-means.ts';

test('padding does not count, and lengths become 1', () => {
  const states = Float32Array.of(3, 0, 3, 8, 99, 99, /* the second text */ 0, -2, 0, -4, 0, -9);
  const means = unitMeans(states, [2, 3], 2);
  [0.6, 0.8, 0, -1].forEach((number, at) => expect(means[at]).toBeCloseTo(number, 6));
});

test('the first token alone', () => {
  expect([...unitMeans(Float32Array.of(0, 5, 7, 7), [1], 2)]).toEqual([0, 1]);
});
