import 'fake-indexeddb/auto';
import { IDBFactory, IDBObjectStore } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Chunk } from '../domain/chunk.ts';
import type { Embeddings } from '../domain/embedding.ts';
import type { SourceDocument } from '../domain/source-document.ts';
import { openStorage, type Database } from './database.ts';
import { DocumentStore } from './documents.ts';

const STORES = ['documents', 'files', 'pages', 'chunks', 'embeddings'] as const;
const file = new Blob(['%PDF-1.7']);
const pages = [{ number: 1, text: 'One. Two.' }];
let database: Database;
let documents: DocumentStore;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  database = await openStorage();
  documents = new DocumentStore(database);
});

afterEach(() => vi.restoreAllMocks());

function document(id: string, addedAt = 1): SourceDocument {
  return {
    id,
    addedAt,
    name: `${id}.pdf`,
    bytes: file.size,
    pageCount: 1,
    chunkCount: 2,
    language: 'en',
    unreadablePages: [],
  };
}

function chunksOf(documentId: string): Chunk[] {
  return ['One.', 'Two.'].map((text, ordinal) => ({
    id: `${documentId}:${ordinal}`,
    documentId,
    ordinal,
    text,
    spans: [{ page: 1, start: 5 * ordinal, end: 5 * ordinal + 4 }],
    sentences: [{ start: 0, end: 4 }],
  }));
}

function embeddings(vectors = new Int8Array([127, 0, 0, 127])): Embeddings {
  return { modelId: 'tiny', dimension: 2, vectors };
}

function put(id: string, addedAt = 1): Promise<void> {
  return documents.put(document(id, addedAt), file, pages, chunksOf(id), embeddings());
}

function countRecords(): Promise<number[]> {
  return Promise.all(STORES.map((store) => database.read((connection) => connection.count(store))));
}

test('a document comes back whole', async () => {
  await put('b', 2);
  await put('a', 1);
  expect(await documents.list()).toEqual([document('a', 1), document('b', 2)]);
  expect(await documents.has('a')).toBe(true);
  expect(await documents.has('z')).toBe(false);
  expect(await (await documents.bytes('a'))?.text()).toBe('%PDF-1.7');
  expect(await documents.pages('a')).toEqual(pages);
  expect(await documents.embeddings('a')).toEqual({ chunkIds: ['a:0', 'a:1'], embeddings: embeddings() });
});

test('chunks come in the order asked for, across documents, without the unknown', async () => {
  await put('a');
  await put('b');
  const found = await documents.chunks(['b:1', 'gone:0', 'a:0', 'a:7', 'b:0']);
  expect(found.map((chunk) => chunk.id)).toEqual(['b:1', 'a:0', 'b:0']);
});

test('putting twice is putting once', async () => {
  await put('a');
  await put('a');
  expect(await countRecords()).toEqual([1, 1, 1, 1, 1]);
});

test('removing leaves nothing of the document and everything of the others', async () => {
  await put('a');
  await put('b');
  await documents.remove('a');
  await documents.remove('a');
  expect(await countRecords()).toEqual([1, 1, 1, 1, 1]);
  expect((await documents.list()).map(({ id }) => id)).toEqual(['b']);
});

test('a put that fails half-way leaves nothing', async () => {
  const uncloneable = [{ number: 1, text: 'One.', broken: () => {} }];
  const failing = documents.put(document('a'), file, uncloneable, chunksOf('a'), embeddings());
  await expect(failing).rejects.toThrow();
  expect(await countRecords()).toEqual([0, 0, 0, 0, 0]);
  await put('a');
  expect(await countRecords()).toEqual([1, 1, 1, 1, 1]);
});

test('no room left is storage-full, and leaves nothing', async () => {
  const { put: realPut } = IDBObjectStore.prototype;
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value, key) {
    if (this.name === 'embeddings') throw new DOMException('full', 'QuotaExceededError');
    return realPut.call(this, value, key);
  });
  // 8 bytes of file, 17 characters of text at 2 bytes, 4 numbers of a byte
  await expect(put('a')).rejects.toMatchObject({ failure: { kind: 'storage-full', neededBytes: 46 } });
  expect(await countRecords()).toEqual([0, 0, 0, 0, 0]);
});

test('rows of a larger batch are stored without the batch', async () => {
  const batch = new Int8Array([9, 9, 127, 0, 0, 127, 9, 9]);
  const rows = embeddings(batch.subarray(2, 6));
  await documents.put(document('a'), file, pages, chunksOf('a'), rows);
  const stored = (await documents.embeddings('a'))?.embeddings.vectors;
  expect(stored).toEqual(new Int8Array([127, 0, 0, 127]));
  expect(stored?.buffer.byteLength).toBe(4);
});

test('embeddings that do not match the chunks are refused', async () => {
  const short = embeddings(new Int8Array(2));
  await expect(documents.put(document('a'), file, pages, chunksOf('a'), short)).rejects.toThrow(RangeError);
});

test('vectors of an older version are none', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const old = { chunkIds: ['a:0'], embeddings: { ...embeddings(), vectors: new Float32Array([1, 0]) } };
  await database.write(['embeddings'], [(t) => t.objectStore('embeddings').put(old, 'a')], 0);
  expect(await documents.embeddings('a')).toBeUndefined();
  expect(warn).toHaveBeenCalledOnce();
  expect(await documents.embeddings('b')).toBeUndefined();
});

test('a record of another shape does not hide the rest', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  await put('a');
  await database.write(['documents'], [(t) => t.objectStore('documents').put({ id: 'old' }, 'old')], 0);
  expect((await documents.list()).map(({ id }) => id)).toEqual(['a']);
  expect(warn).toHaveBeenCalledOnce();
});
