import { expect, test } from 'vitest';
import type { Passage } from '../domain/conversation.ts';
import { asRead, excerpts, excerptText, lacking, laidOutFor } from './excerpt.ts';

/** A passage of sentences with these scores. */
function passage(number: number, scored: readonly (readonly [sentence: string, score: number])[]): Passage {
  const text = scored.map(([sentence]) => sentence).join(' ');
  const sentences = scored.map(([sentence, score]) => {
    const start = text.indexOf(sentence);
    return { start, end: start + sentence.length, score };
  });
  const chunk = { id: `d:${number}`, documentId: 'd', ordinal: number, text, spans: [], sentences: [] };
  return { number, chunk, documentName: 'd.pdf', score: 1, highlight: null, sentences };
}

const passages = [
  passage(1, [
    ['It is old.', 0.1],
    ['Fresnel made the lens.', 0.9],
    ['It rains.', 0],
    ['It shone far.', 0.6],
  ]),
  passage(2, [['Nothing here.', 0.05]]),
  passage(3, [['The lens was lit in 1823.', 0.8]]),
];

test('the best sentences of all passages are read, in the order of the text, and what stands before the very best', () => {
  expect(excerpts(passages, 26).map(excerptText)).toEqual([
    'It is old. Fresnel made the lens. It shone far.',
    'The lens was lit in 1823.',
  ]);
});

test('no more than six sentences are read', () => {
  const sentences = Array.from(
    { length: 9 },
    (_, index) => [`Tower ${index} is old.`, 1 - index / 10] as const,
  );
  const [read] = excerpts([passage(1, sentences)], 1000);
  expect(read?.ranges).toHaveLength(6);
});

test('one sentence is always read', () => {
  expect(excerpts(passages, 1).map(excerptText)).toEqual(['Fresnel made the lens.']);
});

test('a better passage wins where sentences are as good', () => {
  const [first, second] = [passage(1, [['One.', 0.5]]), passage(2, [['Two.', 0.5]])];
  expect(excerpts([first, second], 1).map(excerptText)).toEqual(['One.']);
});

test('of a passage that is there only the decisive sentences are lacking that are not', () => {
  const [now, other] = excerpts(passages, 26);
  const [earlier] = excerpts(passages, 7);
  if (!now || !other || !earlier) throw new Error('Nothing was cut.');
  expect(excerptText(earlier)).toBe('Fresnel made the lens.');
  expect(lacking(now, [earlier]).map(excerptText)).toEqual(['It shone far.']);
  expect(lacking({ ...now, decisive: now.decisive.slice(0, 1) }, [earlier])).toEqual([]);
  expect(lacking(other, [earlier])).toEqual([other]);
});

test('what a turn kept of a prompt is laid out the same again', () => {
  const laidOut = excerpts(passages, 26).reverse();
  const again = laidOutFor({ passages, read: asRead(laidOut) });
  expect(again.map(excerptText)).toEqual(laidOut.map(excerptText));
  expect(laidOutFor({ passages: passages.slice(1), read: asRead(laidOut) }).map(excerptText)).toEqual([
    'The lens was lit in 1823.',
  ]);
  expect(laidOutFor({ passages })).toEqual([]);
});
