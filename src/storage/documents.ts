import * as v from 'valibot';
import type { Chunk } from '../domain/chunk.ts';
import type { Embeddings } from '../domain/embedding.ts';
import type { Page, SourceDocument } from '../domain/source-document.ts';
import type { Database, StoredEmbeddings, WriteTransaction } from './database.ts';
import { parseAll } from './parse-record.ts';

const STORES = ['documents', 'files', 'pages', 'chunks', 'embeddings'] as const;

const DocumentRecord = v.object({
  id: v.string(),
  name: v.string(),
  bytes: v.number(),
  pageCount: v.number(),
  chunkCount: v.number(),
  language: v.picklist(['en', 'zh']),
  addedAt: v.number(),
  unreadablePages: v.array(v.number()),
});

const EmbeddingsRecord = v.object({
  chunkIds: v.array(v.string()),
  embeddings: v.object({ modelId: v.string(), dimension: v.number(), vectors: v.instance(Int8Array) }),
});

/** The collection on disk: each document whole, or not at all. */
export class DocumentStore {
  constructor(private readonly database: Database) {}

  /** Oldest first. */
  async list(): Promise<SourceDocument[]> {
    const records = await this.database.read((connection) => connection.getAll('documents'));
    return parseAll(DocumentRecord, records).sort((a, b) => a.addedAt - b.addedAt);
  }

  async has(id: string): Promise<boolean> {
    return (await this.database.read((connection) => connection.getKey('documents', id))) !== undefined;
  }

  /**
   * Makes a document visible, in one transaction; a document of the same id is replaced.
   * @param embeddings one row for each sentence of each of `chunks`, in order
   * @throws FailureError `storage-full`
   */
  async put(
    document: SourceDocument,
    file: Blob,
    pages: readonly Page[],
    chunks: readonly Chunk[],
    embeddings: Embeddings,
  ): Promise<void> {
    const sentences = chunks.reduce((sum, chunk) => sum + chunk.sentences.length, 0);
    if (embeddings.vectors.length !== sentences * embeddings.dimension) {
      throw new RangeError(`${sentences} sentences, but ${embeddings.vectors.length} numbers of embeddings`);
    }
    const { id } = document;
    const rows = { chunkIds: chunks.map((chunk) => chunk.id), embeddings: ownBuffer(embeddings) };
    await this.database.write(
      [...STORES],
      [
        (transaction) => transaction.objectStore('documents').put(document, id),
        (transaction) => transaction.objectStore('files').put(file, id),
        (transaction) => transaction.objectStore('pages').put(pages, id),
        (transaction) => transaction.objectStore('chunks').put(chunks, id),
        (transaction) => transaction.objectStore('embeddings').put(rows, id),
      ],
      estimateBytes(file, pages, chunks, embeddings),
    );
  }

  /** Removes every trace of a document, in one transaction. An unknown id is no error. */
  async remove(id: string): Promise<void> {
    const requests = STORES.map(
      (store) => (transaction: WriteTransaction) => transaction.objectStore(store).delete(id),
    );
    await this.database.write([...STORES], requests, 0);
  }

  /** The original file. */
  bytes(id: string): Promise<Blob | undefined> {
    return this.database.read((connection) => connection.get('files', id));
  }

  async pages(id: string): Promise<readonly Page[]> {
    return (await this.database.read((connection) => connection.get('pages', id))) ?? [];
  }

  /** The chunks of these ids, in their order; those of a removed document are left out. */
  async chunks(ids: readonly string[]): Promise<Chunk[]> {
    const documentIds = [...new Set(ids.map((id) => id.slice(0, id.lastIndexOf(':'))))];
    const records = await this.database.read((connection) =>
      Promise.all(documentIds.map((id) => connection.get('chunks', id))),
    );
    const byId = new Map(records.flatMap((record) => record ?? []).map((chunk) => [chunk.id, chunk]));
    return ids.flatMap((id) => byId.get(id) ?? []);
  }

  /** The document's vectors with the chunks they belong to; undefined where an older version left others. */
  async embeddings(id: string): Promise<StoredEmbeddings | undefined> {
    const record = await this.database.read((connection) => connection.get('embeddings', id));
    return record === undefined ? undefined : parseAll(EmbeddingsRecord, [record])[0];
  }
}

/** IndexedDB stores a view's whole buffer: a row range of a large batch must be copied out. */
function ownBuffer(embeddings: Embeddings): Embeddings {
  const { vectors } = embeddings;
  const whole = vectors.byteLength === vectors.buffer.byteLength;
  return whole ? embeddings : { ...embeddings, vectors: vectors.slice() };
}

function estimateBytes(
  file: Blob,
  pages: readonly Page[],
  chunks: readonly Chunk[],
  embeddings: Embeddings,
): number {
  const characters = [...pages, ...chunks].reduce((sum, { text }) => sum + text.length, 0);
  return file.size + 2 * characters + embeddings.vectors.byteLength;
}
