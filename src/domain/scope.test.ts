import { expect, test } from 'vitest';
import { covers, EVERYWHERE, stillThere, type Scope } from './scope.ts';

const chunk = {
  documentId: 'a',
  spans: [
    { page: 3, start: 90, end: 99 },
    { page: 4, start: 0, end: 9 },
  ],
};
const page = (documentId: string, number: number): Scope => ({ kind: 'page', documentId, page: number });

test('a page covers what begins or ends on it', () => {
  expect([2, 3, 4].map((number) => covers(page('a', number), chunk))).toEqual([false, true, true]);
  expect(covers(page('b', 3), chunk)).toBe(false);
});

test('documents cover their own', () => {
  expect(covers({ kind: 'documents', documentIds: ['b', 'a'] }, chunk)).toBe(true);
  expect(covers({ kind: 'documents', documentIds: ['b'] }, chunk)).toBe(false);
  expect(covers(EVERYWHERE, chunk)).toBe(true);
});

test('a scope loses the documents that are gone, and is everything when none is left', () => {
  expect(stillThere({ kind: 'documents', documentIds: ['a', 'b'] }, ['b', 'c'])).toEqual({
    kind: 'documents',
    documentIds: ['b'],
  });
  expect(stillThere({ kind: 'documents', documentIds: ['a'] }, ['b'])).toEqual(EVERYWHERE);
  expect(stillThere(page('a', 1), ['b'])).toEqual(EVERYWHERE);
});
