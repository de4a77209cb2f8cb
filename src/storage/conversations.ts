import * as v from 'valibot';
import type { Conversation } from '../domain/conversation.ts';
import { EVERYWHERE } from '../domain/scope.ts';
import type { Database } from './database.ts';
import { parseAll } from './parse-record.ts';

const Range = v.object({ start: v.number(), end: v.number() });

/** Records of the first versions do not say where the decisive sentence begins. */
const Highlight = v.pipe(
  v.object({ ...Range.entries, best: v.optional(v.number()) }),
  v.transform(({ start, end, best = start }) => ({ start, end, best })),
);

const Chunk = v.object({
  id: v.string(),
  documentId: v.string(),
  ordinal: v.number(),
  text: v.string(),
  spans: v.array(v.object({ page: v.number(), ...Range.entries })),
  /** Not in records of the first versions. */
  sentences: v.optional(v.array(Range), []),
});

const Passage = v.object({
  number: v.number(),
  chunk: Chunk,
  documentName: v.string(),
  score: v.number(),
  highlight: v.nullable(Highlight),
});

const Answer = v.object({
  text: v.string(),
  status: v.picklist(['complete', 'length', 'interrupted', 'not-found']),
  citations: v.array(
    v.object({
      ...Range.entries,
      passage: v.nullable(v.number()),
      /** These two are not in records of the first version. */
      evidence: v.optional(v.nullable(Range), null),
      strangers: v.optional(v.array(Range), []),
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
  modelId: v.string(),
});

const Scope = v.variant('kind', [
  v.object({ kind: v.literal('all') }),
  v.object({ kind: v.literal('documents'), documentIds: v.array(v.string()) }),
  v.object({ kind: v.literal('page'), documentId: v.string(), page: v.number() }),
]);

const Turn = v.object({
  id: v.string(),
  question: v.string(),
  askedAt: v.number(),
  /** Not in records of the first version. */
  scope: v.optional(Scope, EVERYWHERE),
  retrievalMs: v.number(),
  passages: v.array(Passage),
  /** Not in records of the first versions. */
  isDoubtful: v.exactOptional(v.boolean()),
  answer: v.nullable(Answer),
  /** Not in records of the first versions. */
  read: v.exactOptional(v.array(v.object({ passage: v.number(), ranges: v.array(Range) }))),
});

const ConversationRecord = v.object({ id: v.string(), startedAt: v.number(), turns: v.array(Turn) });

/** Questions and answers, passages included: they stay readable when a document is removed. */
export class ConversationStore {
  constructor(private readonly database: Database) {}

  /** Adds or replaces a conversation, whole. @throws FailureError `storage-full` */
  async save(conversation: Conversation): Promise<void> {
    const characters = JSON.stringify(conversation).length;
    await this.database.write(
      ['conversations'],
      [(transaction) => transaction.objectStore('conversations').put(conversation, conversation.id)],
      2 * characters,
    );
  }

  /** The one that was started last. */
  async latest(): Promise<Conversation | undefined> {
    const record: unknown = await this.database.read(async (connection) => {
      const index = connection.transaction('conversations').store.index('startedAt');
      return (await index.openCursor(null, 'prev'))?.value;
    });
    return record === undefined ? undefined : parseAll(ConversationRecord, [record])[0];
  }

  /** An unknown id is no error. */
  async remove(id: string): Promise<void> {
    await this.database.write(
      ['conversations'],
      [(transaction) => transaction.objectStore('conversations').delete(id)],
      0,
    );
  }

  async clear(): Promise<void> {
    await this.database.write(
      ['conversations'],
      [(transaction) => transaction.objectStore('conversations').clear()],
      0,
    );
  }
}
