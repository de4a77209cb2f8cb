import { expect, test } from 'vitest';
import { sentenceRanges } from '../domain/sentence-ranges.ts';
import { decisiveSentences } from './highlight.ts';
import { scoreSentences } from './score-sentences.ts';

const inEnglish = (text: string) => ({ text, sentences: sentenceRanges(text, 'en') });

function marked(question: string, passage: string, likeness?: readonly number[]): string | null {
  const chunk = inEnglish(passage);
  const range = decisiveSentences(chunk, scoreSentences(question, chunk, likeness));
  return range && passage.slice(range.start, range.end);
}

const long = 'Nothing here is about the matter at hand, and it goes on for quite some time. '
  .repeat(4)
  .trim();

test('the sentence that shares most with the question is decisive, with what stands around it', () => {
  const passage =
    'Towers mark the rocky coast for passing ships. The first lens for them was invented by Fresnel. It is made of many heavy glass rings.';
  expect(marked('Who invented the lens?', passage)).toBe(passage);
});

test('what is too long is left out, and what follows goes before what comes first', () => {
  const answer = 'The first lens for them was invented by Fresnel.';
  const tooLong = long.replaceAll('. ', ', ');
  expect(marked('Who invented the lens?', `${answer} ${tooLong}`)).toBe(answer);
  const passage = `${long} ${answer} ${long}`;
  const found = marked('Who invented the lens?', passage) ?? '';
  expect(found.startsWith(answer)).toBe(true);
  expect(found.length).toBeLessThanOrEqual(300);
});

test('a Han character counts as more than a letter', () => {
  const text = '灯塔的第一盏灯是菲涅耳发明的。'.repeat(20);
  const chunk = { text, sentences: sentenceRanges(text, 'zh') };
  const found = decisiveSentences(chunk, scoreSentences('谁发明了第一盏灯？', chunk));
  if (!found) throw new Error('Nothing is marked.');
  expect(found.end - found.start).toBeLessThanOrEqual(130);
});

test('a likeness in meaning counts where no word is shared', () => {
  const passage = `${long} The optics were the work of a French physicist, Augustin Fresnel.`;
  const likeness = [0.1, 0.1, 0.1, 0.1, 0.7];
  expect(marked('Who came up with such glass?', passage, likeness)).toContain('French physicist');
});

test('a number is preferred where one is asked for, and a heading never', () => {
  const passage =
    'Height of the tower\nThe tower has a height that few visitors ever expect. The tower has a height of 49 metres today.';
  expect(marked('What height has the tower, how many metres?', passage)).toContain('49 metres');
  const scores = scoreSentences('Which height of the tower do visitors expect?', inEnglish(passage)).map(
    ({ score }) => score,
  );
  expect(scores[0]).toBeLessThan(scores[1] ?? 0);
});

test('rare terms of the question count more than common ones', () => {
  const rarity = new Map([
    ['quiche', 1],
    ['system', 0.1],
  ]);
  const passage =
    'The system keeps several things that everyone needs. A quiche keeps for several days when cooled.';
  const [common, rare] = scoreSentences('system quiche', inEnglish(passage), [], rarity);
  expect(rare?.score).toBeGreaterThan(common?.score ?? 1);
});

test('nothing is marked when nothing is shared', () => {
  expect(marked('What do dolphins eat?', 'Towers mark the coast. Keepers lived below.')).toBeNull();
});

test('of two sentences that are as good the one among better ones is marked', () => {
  const text = 'Alone it stands. Nothing at all. Among others it stands. Close to it.';
  const scores = [1, 0, 1, 0.8];
  const sentences = sentenceRanges(text, 'en').map((range, index) => ({
    ...range,
    score: scores[index] ?? 0,
  }));
  const found = decisiveSentences({ text }, sentences);
  expect(found && text.slice(found.best).startsWith('Among others')).toBe(true);
});
