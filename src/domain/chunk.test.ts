import { expect, it } from 'vitest';
import { pageOf, partsByPage, type Chunk } from './chunk.ts';

// On the page an empty line parts the two sentences; in the chunk it is one line feed.
const chunk: Chunk = {
  id: 'd:0',
  documentId: 'd',
  ordinal: 0,
  text: 'It stood.\nThe lamp was lit on the first night.',
  spans: [
    { page: 3, start: 10, end: 33 },
    { page: 4, start: 0, end: 23 },
  ],
  sentences: [],
};

it('finds the page border inside a sentence that runs on', () => {
  expect(partsByPage(chunk).map(({ page, start, end }) => [page, chunk.text.slice(start, end)])).toEqual([
    [3, 'It stood.\nThe lamp was '],
    [4, 'lit on the first night.'],
  ]);
});

it('knows the page of a sentence, and of the chunk', () => {
  expect(pageOf(chunk)).toBe(3);
  expect(pageOf(chunk, chunk.text.indexOf('lit'))).toBe(4);
  expect(pageOf({ ...chunk, text: '', spans: [] })).toBe(1);
});
