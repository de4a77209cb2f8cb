import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction, type StoreNames } from 'idb';
import type { Chunk } from '../domain/chunk.ts';
import type { Embeddings } from '../domain/embedding.ts';
import { FailureError } from '../domain/failure.ts';
import type { Page } from '../domain/source-document.ts';

/** Of the database in this origin; `erase.ts` deletes it by this name. */
export const DATABASE_NAME = 'quire';
const VERSION = 1;

/** A document's embeddings with the ids of the chunks whose sentences they are. */
export interface StoredEmbeddings {
  readonly chunkIds: string[];
  readonly embeddings: Embeddings;
}

/**
 * One record per document in each of the first five stores, keyed by the document's id.
 * Records that are small and may be of an older shape are `unknown` until parsed.
 */
export interface Schema extends DBSchema {
  documents: { key: string; value: unknown };
  files: { key: string; value: Blob };
  pages: { key: string; value: readonly Page[] };
  chunks: { key: string; value: readonly Chunk[] };
  embeddings: { key: string; value: unknown };
  conversations: { key: string; value: unknown; indexes: { startedAt: number } };
  settings: { key: string; value: unknown };
}

type Connection = IDBPDatabase<Schema>;
type Store = StoreNames<Schema>;
export type WriteTransaction = IDBPTransaction<Schema, Store[], 'readwrite'>;
type Request = (transaction: WriteTransaction) => Promise<unknown>;

/**
 * The connection to IndexedDB. It gives way to another tab's upgrade or deletion, and it
 * comes back: browsers drop connections ("Connection to Indexed Database server lost"), so a
 * call that finds its connection gone opens a new one and runs once more.
 */
export class Database {
  #connection: Promise<Connection> | null = null;

  /** @throws FailureError `storage-unavailable` when the browser refuses IndexedDB */
  async open(): Promise<void> {
    await this.#connect();
  }

  /** Lets go of the connection; the next call opens it again. */
  async close(): Promise<void> {
    const connection = this.#connection;
    this.#connection = null;
    (await connection)?.close();
  }

  read<T>(query: (connection: Connection) => Promise<T>): Promise<T> {
    return this.#retrying(query);
  }

  /**
   * Runs `requests` in one transaction: afterwards all of them are on disk or none is. A
   * request may await only other requests of the same transaction. Running it twice must do
   * no harm.
   * @param neededBytes reported when there is no room
   * @throws FailureError `storage-full`
   */
  async write(stores: Store[], requests: readonly Request[], neededBytes: number): Promise<void> {
    try {
      await this.#retrying((connection) => transact(connection, stores, requests));
    } catch (error) {
      if (!isQuotaError(error)) throw error;
      throw new FailureError({ kind: 'storage-full', neededBytes }, { cause: error });
    }
  }

  async #retrying<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    const used = this.#connect();
    try {
      return await work(await used);
    } catch (error) {
      if (this.#connection === used && !isConnectionLost(error)) throw error;
      if (error instanceof FailureError) throw error;
      if (this.#connection === used) this.#connection = null;
      return await work(await this.#connect());
    }
  }

  #connect(): Promise<Connection> {
    if (this.#connection) return this.#connection;
    const opening = connect(() => {
      if (this.#connection === opening) this.#connection = null;
    });
    this.#connection = opening;
    opening.catch(() => {
      if (this.#connection === opening) this.#connection = null; // the next call tries again
    });
    return opening;
  }
}

/** Opens the one database of the app. @throws FailureError `storage-unavailable` */
export async function openStorage(): Promise<Database> {
  const database = new Database();
  await database.open();
  return database;
}

async function connect(onGone: () => void): Promise<Connection> {
  try {
    return await openDB<Schema>(DATABASE_NAME, VERSION, {
      upgrade: createStores,
      blocking: (_current, _next, event) => {
        onGone();
        (event.target as IDBDatabase).close();
      },
      terminated: onGone,
    });
  } catch (error) {
    throw new FailureError({ kind: 'storage-unavailable' }, { cause: error });
  }
}

function createStores(connection: Connection): void {
  for (const store of ['documents', 'files', 'pages', 'chunks', 'embeddings', 'settings'] as const) {
    connection.createObjectStore(store);
  }
  connection.createObjectStore('conversations').createIndex('startedAt', 'startedAt');
}

async function transact(
  connection: Connection,
  stores: Store[],
  requests: readonly Request[],
): Promise<void> {
  const transaction = connection.transaction(stores, 'readwrite', { durability: 'strict' });
  const work = Promise.all(requests.map(async (request) => request(transaction)));
  const [worked, done] = await Promise.allSettled([
    work.catch((error: unknown) => {
      abort(transaction);
      throw error;
    }),
    transaction.done,
  ]);
  // The transaction's own error is the cause; its requests then only say `AbortError`.
  if (transaction.error) throw transaction.error;
  if (worked.status === 'rejected') throw worked.reason;
  if (done.status === 'rejected') throw done.reason;
}

function abort(transaction: WriteTransaction): void {
  try {
    transaction.abort();
  } catch (error) {
    // The browser was first: what the transaction failed of is in `transaction.error`.
    if (!(error instanceof DOMException && error.name === 'InvalidStateError')) throw error;
  }
}

function isQuotaError(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'QuotaExceededError';
}

function isConnectionLost(error: unknown): boolean {
  if (!(error instanceof DOMException)) return false;
  if (error.name === 'InvalidStateError') return true; // a transaction on a closed connection
  return /connection.*lost|server lost/i.test(error.message);
}
