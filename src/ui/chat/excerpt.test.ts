import { expect, test } from 'vitest';
import { excerpt } from './excerpt.ts';

const first = 'Towers mark the rocky coast for passing ships, and some of them are white. ';
const best = 'Fresnel made the lens. ';
const text = `${first}${best}It shone far. Nobody wrote it down.`;
const highlight = { start: 0, end: text.indexOf(' Nobody') };

test('a few lines begin shortly before the decisive sentence, marked from there on', () => {
  const { isCut, before, marked, after } = excerpt(text, highlight, first.length);
  expect({ isCut, before, after }).toEqual({ isCut: true, before: '', after: ' Nobody wrote it down.' });
  expect(marked).toMatch(/^for passing .*white\. Fresnel made the lens\. It shone far\.$/);
});

test('all of a passage holds all that is marked', () => {
  const { before, marked, after } = excerpt(text, highlight);
  expect(before + marked + after).toBe(text);
  expect(marked.startsWith('Towers')).toBe(true);
});

test('where nothing stands out nothing is marked', () => {
  expect(excerpt(text, null)).toEqual({ isCut: false, before: text, marked: '', after: '' });
});
