import { expect, test } from 'vitest';
import { withoutDuplicates } from './duplicates.ts';

const notice = 'Permission is granted to make and distribute verbatim copies of this manual.';
const other = 'The lens of the lighthouse was ground in Paris by Fresnel.';
const itself = (text: string) => text;

test('a passage that says the same in another setting is left out, the next takes its place', () => {
  const copy = 'PERMISSION is granted to make and distribute verbatim copies of this manual';
  expect(withoutDuplicates([notice, copy, other], itself, 2)).toEqual([notice, other]);
});

test('a passage that says more than an earlier one stays', () => {
  expect(withoutDuplicates([notice, `${notice} ${other}`], itself, 5)).toHaveLength(2);
});

test('texts without terms are told apart from each other by nothing and all stay', () => {
  expect(withoutDuplicates(['…', '—'], itself, 5)).toHaveLength(2);
});
