import { expect, test } from 'vitest';
import { decisiveSentence } from './highlight.ts';

const passage = 'Towers mark the coast. The lens was invented by Fresnel. Keepers lived below.';

test('the sentence that shares most with the question is decisive', () => {
  const range = decisiveSentence('Who invented the lens?', passage);
  expect(range && passage.slice(range.start, range.end)).toBe('The lens was invented by Fresnel.');
});

test('nothing is marked when nothing is shared', () => {
  expect(decisiveSentence('What do dolphins eat?', passage)).toBeNull();
});
