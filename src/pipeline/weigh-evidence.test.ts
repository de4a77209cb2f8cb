import { expect, test } from 'vitest';
import type { Passage } from '../domain/conversation.ts';
import type { Retriever, Sentence } from '../retrieval/retriever.ts';
import { weighEvidence } from './weigh-evidence.ts';

const passage = (number: number, text: string): Passage => ({
  number,
  chunk: { id: `d:${number}`, documentId: 'd', ordinal: number, text, spans: [] },
  documentName: 'd.pdf',
  score: 0,
  highlight: null,
});

const FRENCH = 'A physicist from France made the glass what it is in our time.';
const KEEPERS = 'The keepers trimmed the wicks of all the lamps every night. ';
const passages = [
  passage(1, 'Towers mark the rocky coast for the ships. Some are white.'),
  passage(2, KEEPERS + FRENCH),
];

test('each sentence gets the likeness that was found for it', async () => {
  const asked: Sentence[] = [];
  const weigh: Retriever['weigh'] = async (_, sentences) => {
    asked.push(...sentences);
    return { likeness: sentences.map(({ text }) => (text === FRENCH ? 0.9 : 0)), rarity: new Map() };
  };
  const evidence = await weighEvidence('Who invented it?', undefined, passages, { weigh } as Retriever);
  expect(asked.map(({ chunkId }) => chunkId)).toEqual(['d:1', 'd:1', 'd:2', 'd:2']);
  expect(evidence.passages[0]?.highlight).toBeNull();
  expect(evidence.passages[1]?.sentences?.map(({ score }) => score)).toEqual([0, 0.9]);
  expect(evidence.passages[1]?.highlight).toEqual({ start: 0, end: (KEEPERS + FRENCH).length });
  expect(evidence.signals.likeness).toBe(0.9);
});
