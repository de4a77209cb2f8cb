import type { Page } from '@playwright/test';
import type { Chunk } from '../src/domain/chunk.ts';

/** Model files on disk, by their hash; those whose hash was checked have another one with `.ok`. */
export async function modelFiles(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('models', { create: true });
    return Array.fromAsync(folder.keys());
  });
}

/** Records in each store of the database, without the settings. */
export async function records(page: Page): Promise<Record<string, number>> {
  return page.evaluate(async () => {
    const settled = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error(request.error?.message));
      });
    const database = await settled(indexedDB.open('quire'));
    const names = [...database.objectStoreNames].filter((name) => name !== 'settings');
    const transaction = database.transaction(names);
    const counts = names.map(async (name) => [name, await settled(transaction.objectStore(name).count())]);
    const entries = await Promise.all(counts);
    database.close();
    return Object.fromEntries(entries) as Record<string, number>;
  });
}

/** The chunks of all documents. */
export async function storedChunks(page: Page): Promise<Chunk[]> {
  return page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('quire');
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(new Error(opening.error?.message));
    });
    try {
      const request = database.transaction('chunks').objectStore('chunks').getAll();
      await new Promise((resolve) => (request.onsuccess = resolve));
      return (request.result as Chunk[][]).flat();
    } finally {
      database.close();
    }
  });
}
