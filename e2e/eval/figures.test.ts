import { describe, expect, it } from 'vitest';
import { asLine, figuresOf } from './figures.ts';
import type { Found, Recorded } from './recorded.ts';

const passage = (page: number, highlight: string): Found => ({
  document: 'ferry',
  pages: [page],
  text: highlight,
  score: 0,
  highlight,
});

function recorded(language: 'en' | 'zh-CN', passages: readonly Found[], retrievalMs: number): Recorded {
  const about = { document: 'ferry', language, half: 'judge', id: '1', kind: 'fact' } as const;
  const evidence = [{ document: 'ferry', page: 1, span: 'Stoll' }];
  return {
    question: { ...about, question: 'Who?', history: [], evidence, also: [], fact: ['Stoll'] },
    signals: null,
    passages,
    rankings: { hybrid: passages },
    retrievalMs,
    answer: null,
    totalMs: 0,
  };
}

const hit = [passage(2, 'Nobody.'), passage(1, 'It is Stoll.')];
const late = [...Array.from({ length: 3 }, () => passage(2, 'Nobody.')), passage(1, 'It is Stoll.')];
const figures = figuresOf([recorded('en', hit, 10), recorded('en', late, 30), recorded('zh-CN', [], 50)]);
const figure = (id: string) => figures.find((each) => each.id === id);

describe('a figure', () => {
  it('is a mean over all questions and over those of each language', () => {
    expect(figure('hybrid.recall@5')).toMatchObject({ count: 3, all: 2 / 3, en: 1, zh: 0 });
    expect(figure('hybrid.recall@1')).toMatchObject({ all: 0 });
  });

  it('of the evidence looks at three highlighted sentences', () => {
    expect(figure('evidence.fact')).toMatchObject({ all: 1 / 3, en: 1 / 2, zh: 0 });
  });

  it('of a time is a median', () => {
    expect(figure('evidence.time')).toMatchObject({ all: 30, en: 20, zh: 50 });
  });

  it('is left out when nothing was measured', () => {
    expect(figure('vectors.recall@5')).toBeUndefined();
    expect(figure('answer.fact')).toBeUndefined();
  });

  it('is one line', () => {
    const [first] = figuresOf([recorded('en', hit, 10)]);
    expect(first && asLine('judge', first)).toBe('judge hybrid.recall@1: 0.00 (en 0.00, zh-CN –; of 1)');
  });
});

it('leaves unanswerable questions out of the retrieval', () => {
  const { question, ...rest } = recorded('en', hit, 10);
  const unanswerable = {
    ...rest,
    question: { ...question, kind: 'unanswerable' as const, evidence: [], fact: [] },
  };
  expect(figuresOf([unanswerable]).map(({ id }) => id)).toEqual(['evidence.time']);
});
