import { expect, test } from 'vitest';
import type { Passage } from '../domain/conversation.ts';
import { probability, signalsOf, verdictOn } from './answerable.ts';

const passage = (number: number, text: string, score: number): Passage => ({
  number,
  chunk: { id: `d:${number}`, documentId: 'd', ordinal: number, text, spans: [], sentences: [] },
  documentName: 'd.pdf',
  score: 0,
  sentences: [{ start: 0, end: text.length, score }],
  highlight: null,
});

const passages = [
  passage(1, 'The first Fresnel lens was lit in the Cordouan lighthouse.', 1.6),
  passage(2, 'Keepers trimmed the wicks.', 0.5),
  passage(3, 'Towers are painted.', 0.3),
];

test('a passage that stands out and holds the names is an answer', () => {
  const rarity = new Map([['cordouan', 0.8]]);
  const signals = signalsOf('Which lens was lit at Cordouan?', passages, {
    likeness: [0.8, 0.3, 0.2],
    rarity,
  });
  expect(signals).toEqual({
    margin: expect.closeTo(1.2),
    likeness: expect.closeTo(1.25),
    missingName: 0,
    hasName: 1,
    length: 3,
  });
  expect(verdictOn(signals)).toBe('answerable');
});

test('a rare name that stands in no passage makes it doubtful', () => {
  const flat = passages.map((each) => passage(each.number, each.chunk.text, 0.4));
  const rarity = new Map([['kubernet', 1]]);
  const signals = signalsOf('How is Kubernetes set up?', flat, { likeness: [0.3, 0.3, 0.3], rarity });
  expect(signals).toMatchObject({ margin: 0, missingName: 1, hasName: 1 });
  expect(verdictOn(signals)).toBe('doubtful');
});

test('whatever speaks for an answer makes it more probable', () => {
  const signals = { margin: 0.4, likeness: 0.5, missingName: 0.2, hasName: 1, length: 6 };
  const before = probability(signals);
  expect(probability({ ...signals, margin: 0.8 })).toBeGreaterThan(before);
  expect(probability({ ...signals, likeness: 0.8 })).toBeGreaterThan(before);
  expect(probability({ ...signals, missingName: 0.9 })).toBeLessThan(before);
});

test('of a quotation only the part that stands nowhere is missing', () => {
  const shown = [passage(1, '安装时可能无法初始化某个设备。', 1)];
  const signals = signalsOf('屏幕上出现“无法初始化显卡”怎么办？', shown, { likeness: [], rarity: new Map() });
  expect(signals.missingName).toBeGreaterThan(0);
  expect(signals.missingName).toBeLessThan(0.5);
});
