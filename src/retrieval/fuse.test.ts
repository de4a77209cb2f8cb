import { expect, test } from 'vitest';
import { fuse } from './fuse.ts';

test('a model whose unrelated texts score high does not crowd out the other', () => {
  const english = { unrelatedCosine: 0.05, matches: [{ chunkId: 'en', score: 0.5 }] };
  const chinese = { unrelatedCosine: 0.3, matches: [{ chunkId: 'zh', score: 0.52 }] };
  expect(fuse([english, chinese], 2).map(({ chunkId }) => chunkId)).toEqual(['en', 'zh']);
});

test('scores stay what they were, and the limit holds', () => {
  const matches = [
    { chunkId: 'a', score: 0.9 },
    { chunkId: 'b', score: 0.8 },
  ];
  expect(fuse([{ unrelatedCosine: 0.05, matches }], 1)).toEqual([{ chunkId: 'a', score: 0.9 }]);
});
