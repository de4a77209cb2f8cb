import { expect, test } from 'vitest';
import { namesIn } from './stated.ts';

test('names are what has capitals or figures, and Latin words in Chinese', () => {
  expect(namesIn('Where does Fresnel put /etc/passwd?')).toEqual([['fresnel'], ['etc'], ['passwd']]);
  expect(namesIn('Who wrote it?')).toEqual([]);
  expect(namesIn('怎样在二十台机器上安装 docker 1.2？')).toEqual([['docker']]);
});
