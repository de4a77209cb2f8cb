/**
 * `npm run eval`: asks the built app the golden questions in headless Chromium and measures what
 * it finds and answers. Options: see USAGE.
 */
import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { openApp } from '../../scripts/ask/open-app.ts';
import { ingest, readyModel } from '../../scripts/ask/session.ts';
import { cacheFolder } from '../../scripts/models/cache.ts';
import { storedChunks } from '../stored.ts';
import { faultsOf } from './check-golden.ts';
import { corpus, type CorpusDocument } from './corpus.ts';
import { fingerprint, INGESTION } from './fingerprint.ts';
import { readGolden, type GoldenQuestion } from './golden.ts';
import { record, type Recorded } from './record.ts';

const USAGE = `npm run eval
  --check              only checks that the golden set is whole and its spans stand on their pages
  --retrieve-only      stops before the language model
  --half tune|judge, --language en|zh-CN, --only DOCUMENT
                       asks these questions only, of the whole collection
  --dump FILE          writes all that is known of each question, a JSON line each
  --fresh              reads the documents in anew`;

const OPTIONS = {
  check: { type: 'boolean', default: false },
  'retrieve-only': { type: 'boolean', default: false },
  half: { type: 'string' },
  language: { type: 'string' },
  only: { type: 'string' },
  dump: { type: 'string' },
  fresh: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.help) return console.log(USAGE);
  const golden = readGolden();
  const documents = corpus();
  const faults = await faultsOf(golden, documents);
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exitCode = 1;
  if (values.check) return;
  const { half, language, only } = values;
  const asked = golden.filter(
    (each) =>
      (half ?? each.half) === each.half &&
      (language ?? each.language) === each.language &&
      (only ?? each.document) === each.document,
  );
  await build({ logLevel: 'warn' });
  await ask(asked, documents, values);
}

interface Run {
  readonly 'retrieve-only': boolean;
  readonly dump?: string | undefined;
  readonly fresh: boolean;
}

async function ask(
  questions: readonly GoldenQuestion[],
  documents: readonly CorpusDocument[],
  { 'retrieve-only': retrieveOnly, dump, fresh }: Run,
): Promise<Recorded[]> {
  const profile = profileFolder(documents);
  if (fresh) rmSync(profile, { recursive: true, force: true });
  if (dump) writeFileSync(dump, '');
  const { page, close } = await openApp(profile);
  try {
    await ingest(
      page,
      documents.map(({ path }) => path),
    );
    if (!retrieveOnly) await readyModel(page, undefined);
    const chunks = await storedChunks(page);
    const keys = new Map(documents.map(({ sha256, key }) => [sha256, key]));
    const all: Recorded[] = [];
    for (const question of questions) {
      const recorded = await record(page, question, chunks, keys, retrieveOnly);
      all.push(recorded);
      if (dump) appendFileSync(dump, `${JSON.stringify(recorded)}\n`);
    }
    return all;
  } finally {
    await close();
  }
}

/**
 * Reading the corpus in takes over ten minutes, so the profile is kept for the user. It is that
 * of these very documents and of all that determines their chunks and vectors.
 */
function profileFolder(documents: readonly CorpusDocument[]): string {
  const hashes = documents.map(({ sha256 }) => sha256);
  return join(cacheFolder(), 'eval-profiles', fingerprint(INGESTION, hashes));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
