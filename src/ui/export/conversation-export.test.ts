import * as v from 'valibot';
import { expect, it } from 'vitest';
import type { Conversation } from '../../domain/conversation.ts';
import { ConversationExport, conversationExport } from './conversation-export.ts';

const conversation: Conversation = {
  id: 'c',
  startedAt: Date.UTC(2031, 2, 1),
  turns: [
    {
      id: 't',
      question: '谁当选？',
      askedAt: Date.UTC(2031, 2, 1, 9),
      scope: { kind: 'all' },
      retrievalMs: 80,
      passages: [
        {
          number: 1,
          chunk: {
            id: 'abc:0',
            documentId: 'abc',
            ordinal: 0,
            text: '三月，理事会选举林秋禾为新任厂长。',
            spans: [{ page: 1, start: 0, end: 17 }],
            sentences: [],
          },
          documentName: '报告.pdf',
          score: 0.8,
          highlight: { start: 0, end: 17, best: 0 },
        },
      ],
      answer: {
        text: '林秋禾。',
        status: 'complete',
        citations: [{ start: 0, end: 4, passage: 1, evidence: null, strangers: [] }],
        timings: {
          retrievalMs: 80,
          promptTokens: 90,
          cachedTokens: 0,
          prefillMs: 900,
          completionTokens: 4,
          decodeMs: 200,
        },
        modelId: 'm',
      },
    },
    {
      id: 'u',
      question: '?',
      askedAt: Date.UTC(2031, 2, 2),
      scope: { kind: 'all' },
      retrievalMs: 1,
      passages: [],
      answer: null,
    },
  ],
};

it('writes what its own schema reads, with nothing lost on the way', () => {
  const made = conversationExport(conversation, new Date(Date.UTC(2031, 3, 1)));
  expect(v.parse(ConversationExport, JSON.parse(JSON.stringify(made)))).toEqual(made);
  expect(made).toMatchObject({
    format: 'quire-conversation',
    version: 1,
    exportedAt: '2031-04-01T00:00:00.000Z',
  });
  expect(made.turns[0]?.passages[0]).toMatchObject({
    document: { name: '报告.pdf', sha256: 'abc' },
    pages: [1],
  });
  expect(made.turns[0]?.answer?.citations).toEqual([
    { start: 0, end: 4, passage: 1, evidence: null, strangers: [] },
  ]);
  expect(made.turns[1]?.answer).toBeNull();
});
