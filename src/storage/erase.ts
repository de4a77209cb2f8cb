import { deleteDB } from 'idb';
import { DATABASE_NAME, type Database } from './database.ts';
import type { DocumentStore } from './documents.ts';

/** What is stored, and what the browser says it would still take. */
export interface Usage {
  /** Bytes of the original files. */
  readonly documentsBytes: number;
  /** The browser's own guess, often far off: to be shown, never to be decided by. */
  readonly freeBytes: number | null;
  /** True when the browser promised not to clear this origin by itself. */
  readonly persistent: boolean;
}

export async function usage(documents: DocumentStore): Promise<Usage> {
  const [list, estimate, persistent] = await Promise.all([
    documents.list(),
    navigator.storage?.estimate(),
    navigator.storage?.persisted(),
  ]);
  return {
    documentsBytes: list.reduce((sum, { bytes }) => sum + bytes, 0),
    freeBytes: estimate?.quota === undefined ? null : Math.max(0, estimate.quota - (estimate.usage ?? 0)),
    persistent: persistent ?? false,
  };
}

/** Asks the browser not to clear this origin by itself. @returns its answer */
export async function persist(): Promise<boolean> {
  return (await navigator.storage?.persist()) ?? false;
}

/**
 * Deletes documents, conversations, settings and models. The app's own files stay cached, so
 * that it still opens offline. End the model-store worker first: a file it holds open cannot
 * be deleted. `database` opens empty at its next use.
 */
export async function deleteEverything(database: Database): Promise<void> {
  await database.close();
  await deleteDB(DATABASE_NAME);
  await Promise.all([deleteModelFiles(), deleteForeignCaches()]);
  localStorage.clear();
}

async function deleteModelFiles(): Promise<void> {
  if (!navigator.storage?.getDirectory) return;
  const root = await navigator.storage.getDirectory();
  const names: string[] = [];
  for await (const name of root.keys()) names.push(name);
  await Promise.all(names.map((name) => root.removeEntry(name, { recursive: true })));
}

/** Workbox names the caches of the shell `workbox-precache-…`. */
async function deleteForeignCaches(): Promise<void> {
  if (!('caches' in globalThis)) return;
  const names = (await caches.keys()).filter((name) => !name.includes('precache'));
  await Promise.all(names.map((name) => caches.delete(name)));
}
