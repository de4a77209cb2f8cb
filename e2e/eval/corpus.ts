import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as v from 'valibot';
import { isCached, link } from '../../scripts/models/cache.ts';
import { fetchFromPackage } from './debian.ts';

const LOCK = join(import.meta.dirname, 'corpus.lock.json');
/** Where the documents lie under the names that a person would add them by. */
const FOLDER = '.cache/eval/corpus';

const common = {
  /** What golden files call the document. */
  key: v.pipe(v.string(), v.regex(/^[a-z0-9-]+$/)),
  language: v.picklist(['en', 'zh-CN']),
};

const DebianDocument = v.object({
  ...common,
  kind: v.literal('debian'),
  package: v.string(),
  version: v.string(),
  /** Inside the package; a `.gz` is unpacked. */
  path: v.string(),
  /** Of the PDF itself, unpacked. */
  bytes: v.number(),
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
});

/** Written by `e2e/fixtures/make.ts`. */
const MadeDocument = v.object({ ...common, kind: v.literal('made'), path: v.string() });

const Lock = v.object({ documents: v.array(v.variant('kind', [DebianDocument, MadeDocument])) });

export type DebianDocument = v.InferOutput<typeof DebianDocument>;
type Listed = v.InferOutput<typeof Lock>['documents'][number];

/** A document on disk. */
export interface CorpusDocument {
  readonly key: string;
  readonly language: Listed['language'];
  readonly path: string;
  /** The app's id of the document, too. */
  readonly sha256: string;
}

/**
 * Fetches or makes the documents that are not there yet.
 * @param keys which ones; all without it
 * @throws Error saying which document could not be had and what to do
 */
export function corpus(keys?: readonly string[]): CorpusDocument[] {
  const { documents } = v.parse(Lock, JSON.parse(readFileSync(LOCK, 'utf8')));
  const wanted = documents.filter(({ key }) => keys?.includes(key) ?? true);
  const unknown = keys?.filter((key) => !documents.some((each) => each.key === key)) ?? [];
  if (unknown.length > 0) throw new Error(`${LOCK} lists no ${unknown.join(', ')}.`);
  fetchMissing(wanted.filter((each) => each.kind === 'debian'));
  if (wanted.some(({ kind }) => kind === 'made'))
    execFileSync(process.execPath, ['--import', 'tsx', 'e2e/fixtures/make.ts']);
  return wanted.map(onDisk);
}

/** Each package once, whatever number of documents it holds. */
function fetchMissing(documents: readonly DebianDocument[]): void {
  const missing = documents.filter((each) => !isCached(each));
  for (const name of new Set(missing.map((each) => each.package)))
    fetchFromPackage(missing.filter((each) => each.package === name));
}

function onDisk(document: Listed): CorpusDocument {
  const { key, language } = document;
  if (document.kind === 'debian') {
    const path = join(FOLDER, basename(document.path, '.gz'));
    link(document, path);
    return { key, language, path, sha256: document.sha256 };
  }
  const { path } = document;
  if (!existsSync(path)) throw new Error(`e2e/fixtures/make.ts did not write ${path}.`);
  return { key, language, path, sha256: createHash('sha256').update(readFileSync(path)).digest('hex') };
}
