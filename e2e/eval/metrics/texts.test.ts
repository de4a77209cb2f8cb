import { expect, it } from 'vitest';
import { holdsFact, squeezed } from './texts.ts';

it('finds words whatever their white space and forms', () => {
  expect(squeezed('The ﬁle\n  System')).toBe('thefilesystem');
});

it('finds a fact in any of its wordings', () => {
  expect(holdsFact('It was  Augustin-Jean\nFresnel.', ['Newton', 'augustin-jean fresnel'])).toBe(true);
  expect(holdsFact('It was Huygens.', ['Fresnel'])).toBe(false);
  expect(holdsFact('anything', [])).toBe(false);
});

it('keeps the space that parts words, and none beside Chinese', () => {
  expect(holdsFact('at ten bytes', ['ten byte'])).toBe(true);
  expect(holdsFact('often bytes', ['of ten'])).toBe(false);
  expect(holdsFact('使用 dpkg 安装', ['使用dpkg安装'])).toBe(true);
});
