import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { openApp } from '../../scripts/ask/open-app.ts';
import { ingest, readyModel } from '../../scripts/ask/session.ts';
import { cacheFolder } from '../../scripts/models/cache.ts';
import { describeMachine } from '../bench/report.ts';
import { storedChunks } from '../stored.ts';
import type { CorpusDocument } from './corpus.ts';
import { fingerprint, INGESTION } from './fingerprint.ts';
import type { GoldenQuestion } from './golden.ts';
import { record } from './record.ts';
import type { Recorded } from './recorded.ts';

export interface Asking {
  /** Names the browser profile that is kept. */
  readonly collection: 'full' | 'short';
  /** The whole collection that is searched. */
  readonly documents: readonly CorpusDocument[];
  readonly questions: readonly GoldenQuestion[];
  /** Whether the language model is to answer this question, too. */
  readonly isAnswered: (question: GoldenQuestion) => boolean;
  /** A file for all that is recorded, a JSON line a question. */
  readonly dump: string | undefined;
  /** Reads the documents in anew. */
  readonly fresh: boolean;
}

/** Asks the built app the questions, one after the other. */
export async function askGolden(asking: Asking): Promise<{ machine: string; records: Recorded[] }> {
  const { documents, questions, isAnswered, dump } = asking;
  const profile = profileFolder(asking.collection);
  if (asking.fresh) rmSync(profile, { recursive: true, force: true });
  if (dump) writeFileSync(dump, '');
  const { page, close } = await openApp(profile);
  try {
    await collect(page, documents);
    if (questions.some(isAnswered)) await readyModel(page, undefined);
    const chunks = await storedChunks(page);
    const keys = new Map(documents.map(({ sha256, key }) => [sha256, key]));
    const records: Recorded[] = [];
    for (const question of questions) {
      const recorded = await record(page, question, chunks, keys, !isAnswered(question));
      records.push(recorded);
      if (dump) appendFileSync(dump, `${JSON.stringify(recorded)}\n`);
    }
    return { machine: await describeMachine(page), records };
  } finally {
    await close();
  }
}

/**
 * Reading the corpus in takes over ten minutes, so the profile is kept in the user's cache: one
 * for each version of what determines chunks and vectors.
 */
function profileFolder(collection: string): string {
  return join(cacheFolder(), 'eval-profiles', `${collection}-${fingerprint(INGESTION)}`);
}

/** Makes the collection these documents and no others. */
async function collect(page: Page, documents: readonly CorpusDocument[]): Promise<void> {
  for (const { key, path } of documents) {
    console.log(`Reading ${key}`);
    await ingest(page, [path]);
  }
  const wanted = documents.map(({ sha256 }) => sha256);
  await page.evaluate(async (ids) => {
    const { collection } = quire;
    for (const { id } of collection.documents) if (!ids.includes(id)) await collection.remove(id);
  }, wanted);
}
