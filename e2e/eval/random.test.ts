import { expect, it } from 'vitest';
import { randomSample } from './random.ts';

const items = Array.from({ length: 100 }, (_, index) => index);

it('draws the same for the same seed, another for another, and nothing twice', () => {
  const drawn = randomSample(items, 10, 'a');
  expect(randomSample(items, 10, 'a')).toEqual(drawn);
  expect(randomSample(items, 10, 'b')).not.toEqual(drawn);
  expect(new Set(drawn).size).toBe(10);
});

it('draws no more than there is', () => {
  expect(randomSample([1, 2], 10, 'a').sort()).toEqual([1, 2]);
});
