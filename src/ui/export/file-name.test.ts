import { expect, it } from 'vitest';
import { exportName } from './file-name.ts';

const day = new Date(2031, 2, 1);

it('names a file after the day and the question', () => {
  expect(exportName('Where was the first lens lit?', day, 'md')).toBe(
    'quire-2031-03-01-Where-was-the-first-lens-lit.md',
  );
  expect(exportName('谁当选为茶厂的新任厂长？', day, 'json')).toBe(
    'quire-2031-03-01-谁当选为茶厂的新任厂长.json',
  );
});

it('leaves out what a file system may not take', () => {
  expect(exportName('../a\\b:c*?"<>|\n🙂', day, 'md')).toBe('quire-2031-03-01-a-b-c.md');
  expect(exportName('🙂', day, 'md')).toBe('quire-2031-03-01.md');
  expect(exportName('𠀀'.repeat(99), day, 'md')).toBe(`quire-2031-03-01-${'𠀀'.repeat(48)}.md`);
});
