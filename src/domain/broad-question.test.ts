import { expect, test } from 'vitest';
import { broadQuestion } from './broad-question.ts';
import { EVERYWHERE, type Scope } from './scope.ts';

const documents = [
  { id: 'a', name: 'field-guide.pdf' },
  { id: 'b', name: '岛屿年报.pdf' },
  { id: 'c', name: 'policy.pdf' },
];
const page: Scope = { kind: 'page', documentId: 'a', page: 3 };
const asked = (question: string, scope: Scope = EVERYWHERE) => broadQuestion(question, documents, scope);
const kindOf = (question: string) => asked(question)?.kind;

test.each([
  'Summarise this document',
  'Please summarize the report in two sentences.',
  'Can you give me a short overview of this document?',
  'What is this document about?',
  'What’s the PDF about?',
  'What are the main points of the paper?',
  'What does this manual cover?',
  'Summary of field guide.pdf',
  '总结一下这篇文档',
  '请概括全文的主要内容。',
  '主要内容是什么？',
  '这篇文章讲了什么？',
  '把本文总结一下',
  '帮我用三句话概括岛屿年报',
])('%s: a summary', (question) => {
  expect(kindOf(question)).toBe('summary');
});

test.each([
  ['List all lighthouses', 'lighthouses'],
  ['Please list all the people mentioned in this document.', 'people'],
  ['List the lighthouses that are named in the field guide', 'lighthouses'],
  ['Give me a list of all towers in Spain', 'towers in Spain'],
  ['What are all the error codes in the manual?', 'error codes'],
  ['Which engineers are mentioned?', 'engineers'],
  ['列出所有灯塔', '灯塔'],
  ['请列出文中提到的所有人名。', '人名'],
  ['找出这份报告中所有的金额', '金额'],
  ['文中提到了哪些人物？', '人物'],
])('%s: a list of %s', (question, wanted) => {
  expect(asked(question)).toMatchObject({ kind: 'list', wanted });
});

test('a document named narrows what is asked; a name is no part of what is listed', () => {
  const only = (id: string) => ({ kind: 'documents', documentIds: [id] });
  expect(asked('Summarise Field_Guide')?.scope).toEqual(only('a'));
  expect(asked('总结《岛屿年报》的主要内容')?.scope).toEqual(only('b'));
  expect(asked('Summarise this document')?.scope).toEqual(EVERYWHERE);
  expect(asked('List all policy rules')).toEqual({ kind: 'list', wanted: 'policy rules', scope: EVERYWHERE });
});

test('what was chosen by hand stands', () => {
  const chosen: Scope = { kind: 'documents', documentIds: ['a', 'b'] };
  expect(asked('Summarise the documents', chosen)?.scope).toEqual(chosen);
  expect(asked('Summarise field-guide.pdf', chosen)?.scope).toEqual({
    kind: 'documents',
    documentIds: ['a'],
  });
  expect(asked('Summarise this page', page)?.scope).toEqual(page);
  expect(asked('总结这一页', page)?.kind).toBe('summary');
  expect(asked('Summarise this page')).toBeNull();
});

test.each([
  'Summarise the October flood',
  'What does this document say about shipworm?',
  'What is it about shipworm that harms the gate?',
  'Which lighthouse is the oldest?',
  'Who listed the lighthouses?',
  '总结十月的洪水',
  '这篇文档是谁写的？',
  '第一盏灯在哪里点亮？',
  '🙂',
])('%s: for the passages', (question) => {
  expect(asked(question)).toBeNull();
});
