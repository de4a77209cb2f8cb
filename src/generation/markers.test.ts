import { expect, test } from 'vitest';
import type { Passage } from '../domain/conversation.ts';
import { withoutMarkers } from './markers.ts';

test.each([
  ['It was lit in 1823 [1].', 'It was lit in 1823.'],
  ['It was lit. [1] Then it was moved. [2][3]', 'It was lit. Then it was moved.'],
  ['第一盏灯于1823年点亮[1]。后来搬走了。【2】', '第一盏灯于1823年点亮。后来搬走了。'],
  ['Take x[1] of it.', 'Take x[1] of it.'],
])('marks that the model printed are gone, an index is not: %s', (text, expected) => {
  expect(withoutMarkers(text, [])).toBe(expected);
});

test("a reference of the document's own stays", () => {
  const passage = { chunk: { text: 'As Rice wrote [2], it shone.' } } as Passage;
  expect(withoutMarkers('It shone [2].', [passage])).toBe('It shone [2].');
});
