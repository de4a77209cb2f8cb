import { expect, it } from 'vitest';
import type { Answer, Passage } from '../../domain/conversation.ts';
import { turnMarkdown, type TurnWords } from './turn-markdown.ts';

const english: TurnWords = {
  sources: 'Sources',
  passages: 'Passages',
  unproven: 'No passage proves this sentence.',
  quoted: 'The documents say:',
  source: ({ name, page, quote }) => `${name}, page ${page}: “${quote}”`,
};
const chinese: TurnWords = {
  sources: '来源',
  passages: '段落',
  unproven: '没有段落能证明这句话。',
  quoted: '文档中的原文是：',
  source: ({ name, page, quote }) => `${name}，第 ${page} 页：“${quote}”`,
};

function passage(number: number, text: string, sentence: string | null, page = 4): Passage {
  const start = sentence === null ? -1 : text.indexOf(sentence);
  return {
    number,
    chunk: {
      id: `d:${number}`,
      documentId: 'd',
      ordinal: number,
      text,
      spans: [{ page, start: 0, end: text.length }],
      sentences: [],
    },
    documentName: 'field_guide.pdf',
    score: 0.5,
    highlight: sentence === null ? null : { start, end: start + sentence.length, best: start },
  };
}

function answer(text: string, ...cited: [sentence: string, passage: number | null][]): Answer {
  const citations = cited.map(([sentence, number]) => {
    const start = text.indexOf(sentence);
    return { start, end: start + sentence.length, passage: number, evidence: null, strangers: [] };
  });
  const timings = {
    retrievalMs: 1,
    promptTokens: 1,
    cachedTokens: 0,
    prefillMs: 1,
    completionTokens: 1,
    decodeMs: 1,
  };
  return { text, status: 'complete', citations, timings, modelId: 'm' };
}

const passages = [
  passage(1, 'It was bright.\nIt was lit in 1823.', 'It was lit in 1823.'),
  passage(2, 'Nothing of use.', null, 9),
];

it('writes question, marked answer and the sources it cites', () => {
  const said = answer('**Cordouan** in 1823. It is red.', ['**Cordouan** in 1823.', 1], ['It is red.', null]);
  expect(turnMarkdown({ question: 'Where\nwas it lit?', passages, answer: said }, english)).toBe(
    `## Where was it lit?

**Cordouan** in 1823. [1] It is red. [?]

**Sources**

- [1] field\\_guide.pdf, page 4: “It was lit in 1823.”

[?] No passage proves this sentence.
`,
  );
});

it('lists all passages when there is no answer, or none is cited', () => {
  const lines = turnMarkdown({ question: '哪里？', passages, answer: null }, chinese).split('\n\n');
  expect(lines).toEqual([
    '## 哪里？',
    '**段落**',
    '- [1] field\\_guide.pdf，第 4 页：“It was lit in 1823.”\n- [2] field\\_guide.pdf，第 9 页：“Nothing of use.”\n',
  ]);
  expect(
    turnMarkdown({ question: '?', passages, answer: answer('Red.', ['Red.', null]) }, chinese),
  ).toContain('**段落**');
});

it('lets nothing in a document, an answer or a question become a link, an image or HTML', () => {
  const evil = '![x](http://elsewhere.test/?q) <img src=x> [a]: b &lt; `c`';
  const text = turnMarkdown(
    { question: evil, passages: [passage(1, evil, null)], answer: answer(evil) },
    english,
  );
  const unescaped = text.replace(/\\./g, '').replace(/^- \[1\]/m, '');
  expect(unescaped).not.toMatch(/[<>[\]]|&lt;/);
});

it('quotes the documents below an answer that nothing proves', () => {
  const said = answer('It is red.', ['It is red.', null]);
  expect(turnMarkdown({ question: 'What is it?', passages, answer: said }, english)).toBe(
    `## What is it?

It is red. [?]

The documents say:

> It was lit in 1823. [1]

**Passages**

- [1] field\\_guide.pdf, page 4: “It was lit in 1823.”
- [2] field\\_guide.pdf, page 9: “Nothing of use.”

[?] No passage proves this sentence.
`,
  );
});
