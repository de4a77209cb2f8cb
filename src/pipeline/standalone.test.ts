import { expect, test } from 'vitest';
import { leanedOn, standalone } from './standalone.ts';

const before = {
  question: 'Which framework does the desktop recommend?',
  answer: { text: 'IBus, through its package. There are others.' },
};

test('a question that makes no sense alone takes along the turn before', () => {
  expect(standalone('How do I switch it off?', before)).toBe(
    'Which framework does the desktop recommend? IBus, through its package. How do I switch it off?',
  );
  expect(standalone('那它多大？', { question: '谁写的？', answer: null })).toBe('谁写的？ 那它多大？');
});

test('a question with terms of its own is searched as it stands', () => {
  expect(standalone('Who wrote the manual?', before)).toBe('Who wrote the manual?');
  expect(standalone('Why?', undefined)).toBe('Why?');
});

test('only a question that makes no sense alone leans on the turn before', () => {
  expect(leanedOn('How do I switch it off?', before)).toBe(before);
  expect(leanedOn('Who wrote the manual?', before)).toBeUndefined();
});
