import { expect, test } from 'vitest';
import { itemsOf, notePrompt } from './broad-prompt.ts';

test.each([
  ['- Smeaton\n- Rudyerd.\n', ['Smeaton', 'Rudyerd']],
  ['Here are the engineers:\n\n1. Smeaton\n2) Rudyerd', ['Smeaton', 'Rudyerd']],
  ['Smeaton, Rudyerd, Douglass.', ['Smeaton', 'Rudyerd', 'Douglass']],
  ['斯米顿、拉德亚德。', ['斯米顿', '拉德亚德']],
  ['1811\n1,300 bricks\n5 May 1812', ['1811', '1,300 bricks', '5 May 1812']],
  [
    'Hollin, Marsh End, Saint Brice\nKarrow, a town',
    ['Hollin', 'Marsh End', 'Saint Brice', 'Karrow, a town'],
  ],
  [`${'A small turbine in the bypass would give power '.repeat(2)}, to which all are invited.`, []],
  ['None.', []],
  ['无', []],
  ['', []],
])('%j holds %j', (written, items) => {
  expect(itemsOf(written)).toEqual(items);
});

test('a Chinese question has its sections read in Chinese', () => {
  const [system, user] = notePrompt('灯塔。', 'zh');
  expect(system?.content).toContain('文字');
  expect(user?.content).toContain('灯塔。');
});
