import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What the text of a page depends on. */
export const PARSING = ['src/ingestion', 'package-lock.json'];

/** What the stored documents depend on, their chunks and vectors included. */
export const INGESTION = [
  ...PARSING,
  'src/pipeline/ingest.ts',
  'src/pipeline/index-pages.ts',
  'src/domain/chunk.ts',
  'src/domain/sentence-ranges.ts',
  'src/storage/database.ts',
  'src/storage/documents.ts',
  'workers/embedding',
  'workers/retrieval/embedder.ts',
  'workers/retrieval/rounded-vectors.ts',
  'models.lock.json',
];

/** A hash of these files and folders, tests left out: another one when any of it changes. */
export function fingerprint(paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of paths.flatMap(filesBelow)) hash.update(`${path}\0`).update(readFileSync(path));
  return hash.digest('hex').slice(0, 16);
}

function filesBelow(path: string): string[] {
  if (statSync(path).isFile()) return path.endsWith('.test.ts') ? [] : [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesBelow(join(path, name)));
}
