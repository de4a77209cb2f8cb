import * as v from 'valibot';
import type { Conversation, Turn } from '../../domain/conversation.ts';

const Time = v.pipe(v.string(), v.isoTimestamp());
const Range = v.object({ start: v.number(), end: v.number() });

const ExportedTurn = v.object({
  question: v.string(),
  askedAt: Time,
  retrievalMs: v.number(),
  passages: v.array(
    v.object({
      number: v.number(),
      document: v.object({ name: v.string(), sha256: v.string() }),
      /** 1-based; two where the passage runs on to the next. */
      pages: v.array(v.number()),
      score: v.number(),
      text: v.string(),
      /** The decisive sentence, which begins at `best`, with what stands around it: UTF-16 offsets into `text`. */
      highlight: v.nullable(v.object({ ...Range.entries, best: v.number() })),
    }),
  ),
  answer: v.nullable(
    v.object({
      text: v.string(),
      status: v.picklist(['complete', 'length', 'interrupted', 'not-found']),
      model: v.string(),
      /** UTF-16 offsets of a sentence in `text`, and the number of its passage. */
      citations: v.array(
        v.object({
          ...Range.entries,
          passage: v.nullable(v.number()),
          /** What of the passage says it: offsets into the passage's text. */
          evidence: v.nullable(Range),
          /** Numbers and names that stand in no passage: offsets in the answer's text. */
          strangers: v.array(Range),
        }),
      ),
      timings: v.object({
        retrievalMs: v.number(),
        promptTokens: v.number(),
        cachedTokens: v.number(),
        prefillMs: v.number(),
        completionTokens: v.number(),
        decodeMs: v.number(),
      }),
    }),
  ),
});

/** The JSON file of a conversation. `version` is counted up when its form changes. */
export const ConversationExport = v.object({
  format: v.literal('quire-conversation'),
  version: v.literal(1),
  exportedAt: Time,
  startedAt: Time,
  turns: v.array(ExportedTurn),
});

export type ConversationExport = v.InferOutput<typeof ConversationExport>;

function exportedTurn({
  question,
  askedAt,
  retrievalMs,
  passages,
  answer,
}: Turn): v.InferOutput<typeof ExportedTurn> {
  return {
    question,
    askedAt: new Date(askedAt).toISOString(),
    retrievalMs,
    passages: passages.map(({ number, chunk, documentName, score, highlight }) => ({
      number,
      document: { name: documentName, sha256: chunk.documentId },
      pages: chunk.spans.map(({ page }) => page),
      score,
      text: chunk.text,
      highlight,
    })),
    answer: answer && {
      text: answer.text,
      status: answer.status,
      model: answer.modelId,
      citations: answer.citations.map((citation) => ({ ...citation, strangers: [...citation.strangers] })),
      timings: answer.timings,
    },
  };
}

/** A conversation in the form other programs may rely on, whatever Quire itself stores. */
export function conversationExport({ startedAt, turns }: Conversation, exportedAt: Date): ConversationExport {
  return {
    format: 'quire-conversation',
    version: 1,
    exportedAt: exportedAt.toISOString(),
    startedAt: new Date(startedAt).toISOString(),
    turns: turns.map(exportedTurn),
  };
}
