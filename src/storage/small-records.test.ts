import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Conversation } from '../domain/conversation.ts';
import { ConversationStore } from './conversations.ts';
import { openStorage, type Database } from './database.ts';
import { SettingsStore } from './settings.ts';

let database: Database;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  database = await openStorage();
});

const chunk = {
  id: 'a:0',
  documentId: 'a',
  ordinal: 0,
  text: 'One.',
  spans: [{ page: 1, start: 0, end: 4 }],
  sentences: [{ start: 0, end: 4 }],
};

const timings = {
  retrievalMs: 1,
  promptTokens: 2,
  cachedTokens: 0,
  prefillMs: 3,
  completionTokens: 4,
  decodeMs: 5,
};

function conversation(id: string, startedAt: number): Conversation {
  const passages = [{ number: 1, chunk, documentName: 'a.pdf', score: 0.5, highlight: null }];
  const citations = [{ start: 0, end: 4, passage: 1, evidence: null, strangers: [] }];
  const answer = { text: 'One.', status: 'complete' as const, citations, timings, modelId: 'tiny' };
  const scope = { kind: 'page' as const, documentId: 'a', page: 1 };
  const read = [{ passage: 1, ranges: [{ start: 0, end: 4 }] }];
  return {
    id,
    startedAt,
    turns: [{ id: 't', question: '?', askedAt: 1, scope, retrievalMs: 1, passages, answer, read }],
  };
}

const DEFAULTS = { languageModelId: null, readAhead: true, theme: 'system', locale: null };

test('the conversation started last is the latest, however it was saved', async () => {
  const conversations = new ConversationStore(database);
  expect(await conversations.latest()).toBeUndefined();
  await conversations.save(conversation('new', 2));
  await conversations.save(conversation('old', 1));
  expect(await conversations.latest()).toEqual(conversation('new', 2));
  await conversations.remove('new');
  expect((await conversations.latest())?.id).toBe('old');
  await conversations.clear();
  expect(await conversations.latest()).toBeUndefined();
});

test('a turn from before scopes was asked of everything', async () => {
  const { turns, ...rest } = conversation('old', 1);
  const old = { ...rest, turns: turns.map(({ scope: _, ...turn }) => turn) };
  await database.write(['conversations'], [(t) => t.objectStore('conversations').put(old, 'old')], 0);
  expect((await new ConversationStore(database).latest())?.turns[0]?.scope).toEqual({ kind: 'all' });
});

test('a citation from before evidence points at its whole passage', async () => {
  const { turns, ...rest } = conversation('old', 1);
  const citations = [{ start: 0, end: 4, passage: 1 }];
  const old = { ...rest, turns: turns.map((turn) => ({ ...turn, answer: { ...turn.answer, citations } })) };
  await database.write(['conversations'], [(t) => t.objectStore('conversations').put(old, 'old')], 0);
  expect(await new ConversationStore(database).latest()).toEqual(conversation('old', 1));
});

test('a conversation of another shape is no conversation', async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  const broken = { id: 'x', startedAt: 9, turns: 'none' };
  await database.write(['conversations'], [(t) => t.objectStore('conversations').put(broken, 'x')], 0);
  expect(await new ConversationStore(database).latest()).toBeUndefined();
});

test('settings start with defaults and keep what was not changed', async () => {
  const settings = new SettingsStore(database);
  expect(await settings.read()).toEqual(DEFAULTS);
  await Promise.all([settings.update({ theme: 'dark' }), settings.update({ readAhead: false })]);
  expect(await settings.read()).toEqual({ ...DEFAULTS, theme: 'dark', readAhead: false });
});

test.each([
  ['no object at all', 'rubbish', DEFAULTS],
  ['one bad field', { ...DEFAULTS, theme: 'pink', locale: 'en' }, { ...DEFAULTS, locale: 'en' }],
  ['an older record with fewer fields', { theme: 'dark' }, { ...DEFAULTS, theme: 'dark' }],
])('broken settings fall back: %s', async (_, record, expected) => {
  await database.write(['settings'], [(t) => t.objectStore('settings').put(record, 'settings')], 0);
  expect(await new SettingsStore(database).read()).toEqual(expected);
});
