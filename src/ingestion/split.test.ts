import { describe, expect, it } from 'vitest';
import type { Language, Page } from '../domain/source-document.ts';
import { group, sentencesOf, type Sentence } from './split.ts';

const pagesOf = (...texts: string[]): Page[] => texts.map((text, index) => ({ number: index + 1, text }));
const textsOf = (pages: readonly Page[], language: Language = 'en'): string[] =>
  sentencesOf(pages, language).map((sentence) => sentence.text);
const countWords = (sentences: readonly Sentence[]): number[] =>
  sentences.map(({ text }) => text.split(/\s+/).length);
const countCharacters = (sentences: readonly Sentence[]): number[] =>
  sentences.map(({ text }) => text.length);
const squeezed = (text: string): string => text.replace(/\s+/g, '');

const english = pagesOf(
  'Lights of the coast\n\n' +
    Array.from({ length: 40 }, (_, n) => `Lamp ${n} was lit by Dr. Hale in ${1800 + n}, see Fig. ${n}.`).join(
      ' ',
    ) +
    '\n\nThe keeper then walked down the stairs and',
  'opened the door. ' + Array.from({ length: 9 }, (_, n) => `Wave ${n} came in.`).join(' '),
  '',
  'Alone.',
);
const chinese = pagesOf(
  Array.from({ length: 30 }, (_, n) => `第${n}座灯塔建于一八零${n}年，高三十米，由石头砌成。`).join('') +
    '守塔人每天晚上都要沿着那条又长又窄的石头楼梯慢慢走到塔顶上去',
  '点亮灯火。然后他写下日记！',
);

describe('sentencesOf', () => {
  it('leaves out tables of contents', () => {
    expect(
      textsOf(
        pagesOf('1.1 Towers . . . . . . . . 12\n1.2 Lamps ........ 14\nTowers are high. They wait...'),
        'en',
      ),
    ).toEqual(['Towers are high.', 'They wait...']);
  });

  it('keeps abbreviations, initials, references and list numbers inside a sentence', () => {
    expect(
      textsOf(
        pagesOf(
          'Dr. A. J. Hale saw it, e.g. Fig. 3 of No. 12. It shone. 1. First things first. Was it? Yes!',
        ),
      ),
    ).toEqual([
      'Dr. A. J. Hale saw it, e.g. Fig. 3 of No. 12.',
      'It shone.',
      '1. First things first.',
      'Was it?',
      'Yes!',
    ]);
  });

  it('ends a sentence at a heading', () => {
    expect(textsOf(pagesOf('The Lens\n\nFresnel made it.\n\nThe Lamp\n\nArgand did.'))).toEqual([
      'The Lens',
      'Fresnel made it.',
      'The Lamp',
      'Argand did.',
    ]);
  });

  it('joins a sentence that runs on over the page break', () => {
    const found = sentencesOf(pagesOf('It began. The light was', 'seen far away. Then dark.'), 'en');
    expect(found.map(({ text }) => text)).toEqual([
      'It began.',
      'The light was seen far away.',
      'Then dark.',
    ]);
    expect(found[1]?.spans).toEqual([
      { page: 1, start: 10, end: 23 },
      { page: 2, start: 0, end: 14 },
    ]);
  });

  it('joins nothing over a page break that a sentence or a missing page ends', () => {
    expect(textsOf(pagesOf('It ended.', 'so it goes.'))).toHaveLength(2);
    expect(textsOf(pagesOf('The light was', 'The lens turned.'))).toHaveLength(2);
    expect(
      sentencesOf(
        [
          { number: 1, text: 'It was' },
          { number: 3, text: 'lost.' },
        ],
        'en',
      ),
    ).toHaveLength(2);
  });

  it('splits Chinese and joins it over the page break without a space', () => {
    const texts = textsOf(chinese, 'zh');
    expect(texts).toHaveLength(32);
    expect(texts[30]).toMatch(/塔顶上去点亮灯火。$/);
  });

  it('cuts what is too long at words, or anywhere when there are none', () => {
    const words = textsOf(pagesOf('lorem ipsum '.repeat(200)));
    expect(words.length).toBeGreaterThan(5);
    for (const text of words) expect(text).toMatch(/^(lorem|ipsum)( (lorem|ipsum))*$/);
    for (const text of textsOf(pagesOf('灯'.repeat(900)), 'zh')) expect(text.length).toBeLessThanOrEqual(160);
    expect(textsOf(pagesOf('x'.repeat(4000))).join('')).toBe('x'.repeat(4000));
  });
});

describe('group', () => {
  it.each([
    ['English', english, 'en' as const, countWords],
    ['Chinese', chinese, 'zh' as const, countCharacters],
  ])('covers every sentence of %s by spans that hold its text', (_, pages, language, count) => {
    const sentences = sentencesOf(pages, language);
    const chunks = group('doc', sentences, count(sentences));
    for (const chunk of chunks) {
      const onPages = chunk.spans
        .map(({ page, start, end }) => pages[page - 1]?.text.slice(start, end))
        .join('');
      expect(squeezed(chunk.text)).toBe(squeezed(onPages));
      expect(chunk.spans.length).toBeLessThanOrEqual(2);
    }
    const held = chunks.flatMap((chunk) =>
      chunk.sentences.map(({ start, end }) => chunk.text.slice(start, end)),
    );
    expect(new Set(held)).toEqual(new Set(sentences.map(({ text }) => text)));
    expect(chunks.map(({ id }) => id)).toEqual(chunks.map((_each, index) => `doc:${index}`));
  });

  it('keeps to the sizes, repeats one short sentence, and leaves no crumb at the end', () => {
    const sentences = sentencesOf(pagesOf('Ten words are in this one and it is short. '.repeat(34)), 'en');
    const chunks = group('doc', sentences, countWords(sentences));
    for (const { text } of chunks) {
      expect(text.split(' ').length).toBeGreaterThan(100);
      expect(text.split(' ').length).toBeLessThanOrEqual(160);
    }
    for (const [index, { spans }] of chunks.slice(1).entries()) {
      expect(spans[0]?.start).toBeLessThan(chunks[index]?.spans[0]?.end ?? 0);
    }
  });

  it('crosses a page only with a sentence that runs on', () => {
    const sentences = sentencesOf(english, 'en');
    const crossing = group('doc', sentences, countWords(sentences)).filter(({ spans }) => spans.length > 1);
    expect(crossing).toHaveLength(1);
    expect(crossing[0]?.text).toMatch(/walked down the stairs and opened the door\.$/);
  });

  it('lets a sentence that is too long stand alone, and makes nothing of nothing', () => {
    const sentences = sentencesOf(pagesOf('Short one. Long one. Short two.'), 'en');
    expect(group('doc', sentences, [5, 400, 5]).map(({ text }) => text)).toEqual([
      'Short one.',
      'Long one.',
      'Short two.',
    ]);
    expect(group('doc', [], [])).toEqual([]);
  });
});
