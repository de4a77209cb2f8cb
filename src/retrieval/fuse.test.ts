import { expect, test } from 'vitest';
import { fuse, liftedByNeighbours, mergeModels } from './fuse.ts';

const own = { isOwnLanguage: true };

test('a model whose unrelated texts score high does not crowd out the other', () => {
  const english = { ...own, unrelatedCosine: 0.05, matches: [{ chunkId: 'en', score: 0.5 }] };
  const chinese = { ...own, unrelatedCosine: 0.3, matches: [{ chunkId: 'zh', score: 0.52 }] };
  expect(mergeModels([english, chinese]).map(({ chunkId }) => chunkId)).toEqual(['en', 'zh']);
});

test('of two equally near texts the one in the language of the question comes first', () => {
  const matches = (chunkId: string) => [{ chunkId, score: 0.5 }];
  const other = { isOwnLanguage: false, unrelatedCosine: 0, matches: matches('other') };
  const merged = mergeModels([other, { ...own, unrelatedCosine: 0, matches: matches('own') }]);
  expect(merged.map(({ chunkId }) => chunkId)).toEqual(['own', 'other']);
});

test('rankings of different measures count by their weights', () => {
  const near = [
    { chunkId: 'a', score: 0.9 },
    { chunkId: 'b', score: 0.7 },
    { chunkId: 'c', score: 0.5 },
  ];
  const words = [
    { chunkId: 'b', score: 30 },
    { chunkId: 'd', score: 10 },
  ];
  const fused = fuse([
    { ranked: near, weight: 1 },
    { ranked: words, weight: 3 },
  ]);
  expect(fused).toEqual([
    { chunkId: 'b', score: expect.closeTo(0.25 * 0.5 ** 1.3 + 0.75) },
    { chunkId: 'a', score: 0.25 },
    { chunkId: 'c', score: 0 },
    { chunkId: 'd', score: 0 },
  ]);
});

test('where all scores are the same, and for a single hit, the rank counts', () => {
  const same = [
    { chunkId: 'a', score: 2 },
    { chunkId: 'b', score: 2 },
  ];
  expect(fuse([{ ranked: same, weight: 1 }]).map(({ score }) => score)).toEqual([1, 0.5]);
  expect(fuse([{ ranked: [{ chunkId: 'a', score: 0.1 }], weight: 2 }])).toEqual([{ chunkId: 'a', score: 1 }]);
  expect(fuse([{ ranked: [], weight: 1 }])).toEqual([]);
});

test('of two that are as good the one beside a better one comes first', () => {
  const ranked = [
    { chunkId: 'd:1', score: 1 },
    { chunkId: 'e:9', score: 0.6 },
    { chunkId: 'd:2', score: 0.6 },
  ];
  const beside = new Map([['d:2', ['d:1', 'd:3']]]);
  const lifted = liftedByNeighbours(ranked, (id) => beside.get(id) ?? []);
  expect(lifted.map(({ chunkId }) => chunkId)).toEqual(['d:1', 'd:2', 'e:9']);
  expect(lifted.map(({ score }) => score).every((score) => score <= 1)).toBe(true);
});
