import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { cachedPath, cacheFolder } from '../../scripts/models/cache.ts';
import type { DebianDocument } from './corpus.ts';

const HELP = `The documents of the eval come from Debian's packages (bookworm), by apt-get and dpkg-deb.
Run \`apt-get update\` on a Debian or Ubuntu system that lists bookworm's main section, or download the
package yourself, unpack it with \`dpkg-deb -x\`, and put the PDF into the cache folder under its SHA-256.`;

/**
 * Downloads a package, unpacks it and puts its documents into the per-user cache.
 * @param documents all of the same package and version
 * @throws Error when the package cannot be had or does not hold the very bytes of the lock file
 */
export function fetchFromPackage(documents: readonly DebianDocument[]): void {
  const [first] = documents;
  if (!first) return;
  const folder = mkdtempSync(join(tmpdir(), 'quire-debian-'));
  chmodSync(folder, 0o777); // apt downloads as a user of its own
  try {
    execFileSync('dpkg-deb', ['-x', download(first, folder), join(folder, 'unpacked')]);
    for (const document of documents) keep(document, join(folder, 'unpacked', document.path));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`Debian's package ${first.package} is of no use: ${reason}\n${HELP}`, { cause: error });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The pinned version, or the one there is: the hash of the document decides. A system that never fetched
 * its package lists has them fetched into `folder`, so that nothing of it changes.
 */
function download({ package: name, version }: DebianDocument, folder: string): string {
  console.log(`Fetching Debian's package ${name} ${version}`);
  const apt = (...words: string[]) =>
    execFileSync('apt-get', words, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  const ownLists = ['-o', `Dir::State::Lists=${folder}/lists`, '-o', `Dir::Cache=${folder}/cache`];
  const attempts = [
    () => apt('download', `${name}=${version}`),
    () => apt('download', name),
    () => {
      for (const part of ['lists/partial', 'cache/archives/partial'])
        mkdirSync(join(folder, part), { recursive: true });
      apt(...ownLists, 'update');
      apt(...ownLists, 'download', name);
    },
  ];
  attemptInTurn(attempts);
  const archive = readdirSync(folder).find((file) => file.endsWith('.deb'));
  if (!archive) throw new Error('apt-get brought nothing');
  return join(folder, archive);
}

/** Until one works. @throws what the last one throws */
function attemptInTurn([first, ...others]: readonly (() => void)[]): void {
  try {
    first?.();
  } catch (error) {
    if (others.length === 0) throw error;
    attemptInTurn(others);
  }
}

function keep(document: DebianDocument, path: string): void {
  if (!existsSync(path)) throw new Error(`it holds no ${document.path}`);
  const packed = readFileSync(path);
  const bytes = path.endsWith('.gz') ? gunzipSync(packed) : packed;
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== document.sha256)
    throw new Error(`${document.path} has the SHA-256 ${found}, not ${document.sha256}`);
  mkdirSync(cacheFolder(), { recursive: true });
  writeFileSync(cachedPath(document), bytes);
}
