import { expect, test } from 'vitest';
import type { Chunk } from '../../src/domain/chunk.ts';
import { KeywordIndex } from './keyword-index.ts';

const chunks = (documentId: string, ...texts: string[]): Chunk[] =>
  texts.map((text, ordinal) => ({
    id: `${documentId}:${ordinal}`,
    documentId,
    ordinal,
    text,
    spans: [],
    sentences: [],
  }));

const found = (index: KeywordIndex, question: string, weightOf = (_: string) => 1) =>
  index.search(question, 5, weightOf).map(({ chunkId }) => chunkId);

test('a rare code outweighs common words', async () => {
  const index = new KeywordIndex();
  const common = Array.from({ length: 9 }, (_, i) => `Error ${i} of the pump is described here.`);
  await index.insert('a', chunks('a', ...common, 'Code E-4711 means that the valve is open.'));
  expect(found(index, 'Which error does the pump describe as E-4711?')[0]).toBe('a:9');
});

test('only what is wanted is found, and what counts less comes later', async () => {
  const index = new KeywordIndex();
  await index.insert('a', chunks('a', 'A red valve.'));
  await index.insert('b', chunks('b', 'A blue valve.'));
  expect(found(index, 'valve', (id) => Number(id.startsWith('b')))).toEqual(['b:0']);
  const halved = (id: string) => (id.startsWith('a') ? 0.5 : 1);
  expect(found(index, 'valve', halved)).toEqual(['b:0', 'a:0']);
});

test('a document that goes while it is taken in leaves nothing, and can come back', async () => {
  const index = new KeywordIndex();
  const many = chunks('a', ...Array.from({ length: 200 }, (_, i) => `Valve number ${i}.`));
  const inserting = index.insert('a', many);
  const removing = index.remove('a');
  await Promise.all([inserting, removing]);
  expect(found(index, 'valve')).toEqual([]);
  await index.insert('a', chunks('a', 'One valve.'));
  await index.insert('a', chunks('a', 'Another pump.'));
  expect(found(index, 'valve')).toEqual([]);
  expect(found(index, 'pump')).toEqual(['a:0']);
});

test('a passage is found by the words of its heading', async () => {
  const index = new KeywordIndex();
  await index.insert(
    'a',
    chunks('a', '2 Valves\nGeneral remarks.', 'They open by themselves.', 'Nothing else.'),
  );
  expect(found(index, 'valve')).toContain('a:1');
});
