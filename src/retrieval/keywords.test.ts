import { expect, test } from 'vitest';
import { keywordsOf } from './keywords.ts';

test('English: endings and stop words go, numbers and repeated words stay', () => {
  expect(keywordsOf('The builders were building 1,200 walls, walls of ABC-42')).toEqual(
    expect.arrayContaining(['1200', 'abc', '42']),
  );
  expect(keywordsOf('walls and walls')).toEqual(['wall', 'wall']);
});

test('Chinese: pairs of characters, and longer words whole', () => {
  const keywords = keywordsOf('图书馆的计算机');
  expect(keywords).toEqual(expect.arrayContaining(['图书', '书馆', '图书馆', '计算', '算机', '计算机']));
  expect(keywords).not.toContain('馆的');
});

test('full-width letters and digits are the plain ones', () => {
  expect(keywordsOf('ＵＳＢ　３．０')).toEqual(keywordsOf('USB 3.0'));
});
