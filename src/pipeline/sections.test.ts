import { expect, test } from 'vitest';
import { partsByPage, type Chunk } from '../domain/chunk.ts';
import { sentenceRanges } from '../domain/sentence-ranges.ts';
import type { SourceDocument } from '../domain/source-document.ts';
import { foundFirst, grouped, sectionsOf, spread } from './sections.ts';

const chunk = (ordinal: number, text: string, page: number, start: number, documentId = 'd'): Chunk => ({
  id: `${documentId}:${ordinal}`,
  documentId,
  ordinal,
  text,
  spans: [{ page, start, end: start + text.length }],
  sentences: sentenceRanges(text, 'en'),
});

test('neighbours on a page become one section, and what overlaps stands in it once', () => {
  const made = grouped([
    chunk(0, 'One. Two.', 1, 0),
    chunk(1, 'Two. Three.', 1, 5),
    chunk(2, 'Four.', 1, 17),
    chunk(3, 'Five.', 2, 0),
  ]);
  expect(made.map(({ text }) => text)).toEqual(['One. Two. Three.\nFour.', 'Five.']);
  const [{ text, sentences }] = made as [Chunk, Chunk];
  expect(sentences.map(({ start, end }) => text.slice(start, end))).toEqual([
    'One.',
    'Two.',
    'Three.',
    'Four.',
  ]);
  expect(made[0]).toMatchObject({ id: 'd:0', spans: [{ page: 1, start: 0, end: 22 }] });
});

test('a section ends before it is too long, and where a sentence runs on to the next page', () => {
  const long = 'word '.repeat(150).trim();
  expect(grouped([chunk(0, long, 1, 0), chunk(1, long, 1, 800)])).toHaveLength(2);
  const runsOn: Chunk = {
    ...chunk(0, 'One. Two goes on.', 1, 0),
    spans: [
      { page: 1, start: 0, end: 8 },
      { page: 2, start: 0, end: 8 },
    ],
  };
  expect(grouped([runsOn, chunk(1, 'Three.', 1, 9)])).toHaveLength(2);
  const [section] = grouped([chunk(0, 'Zero.', 1, 0), { ...runsOn, ordinal: 1 }].slice(0, 2));
  expect(section && partsByPage(section).map(({ page }) => page)).toEqual([1, 2]);
});

test('sections are those of the scope, in order', async () => {
  const documents = ['a', 'b'].map((id) => ({ id, name: `${id}.pdf`, chunkCount: 2 }) as SourceDocument);
  const store = {
    chunks: (ids: readonly string[]) =>
      Promise.resolve(
        ids.map((id) => chunk(Number(id.slice(2)), `${id}.`, Number(id.slice(2)) + 1, 0, id.slice(0, 1))),
      ),
  };
  const texts = async (...scope: Parameters<typeof sectionsOf>[0][]) =>
    scope[0] ? (await sectionsOf(scope[0], documents, store)).map((section) => section.chunk.text) : [];
  expect(await texts({ kind: 'all' })).toEqual(['a:0.', 'a:1.', 'b:0.', 'b:1.']);
  expect(await texts({ kind: 'documents', documentIds: ['b'] })).toEqual(['b:0.', 'b:1.']);
  expect(await texts({ kind: 'page', documentId: 'a', page: 2 })).toEqual(['a:1.']);
});

test('what is chosen is spread from the beginning to near the end', () => {
  expect(spread([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 3)).toEqual([0, 3, 6]);
  expect(spread([0, 1], 5)).toEqual([0, 1]);
});

test('sections that hold what was found come first', () => {
  const sections = [chunk(0, 'A', 1, 0), chunk(2, 'B', 2, 0), chunk(5, 'C', 3, 0)].map((each) => ({
    number: 0,
    chunk: each,
    documentName: 'd.pdf',
    score: 0,
    highlight: null,
  }));
  const order = foundFirst(sections, ['d:4', 'd:6', 'd:2']).map((section) => section.chunk.text);
  expect(order).toEqual(['B', 'C', 'A']);
});
