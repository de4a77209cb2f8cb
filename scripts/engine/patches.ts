import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { run } from './process.ts';

const PATCHES = 'scripts/engine/patches';
/** Whole files of our own, each at the place it takes in the tree. */
const ADDED = 'scripts/engine/added';

/** Everything of ours that goes into the build, in the order it is applied. */
export function ourFiles(): string[] {
  return [...filesIn(PATCHES), ...filesIn(ADDED)];
}

/** Their hashes, for the lock. */
export function ourHashes(): Record<string, string> {
  return Object.fromEntries(ourFiles().map((path) => [relative('scripts/engine', path), sha256(path)]));
}

export function sha256(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

/**
 * Brings the tree to sources + patches + added files. Only files whose bytes differ are written,
 * so that make rebuilds just those.
 */
export function patchTree(sources: string, tree: string): void {
  const stage = `${tree}.stage`;
  rmSync(stage, { recursive: true, force: true });
  const patches = filesIn(PATCHES);
  const touched = patches.flatMap((patch) => pathsOf(readFileSync(patch, 'utf8')));
  for (const path of new Set(touched)) copyIfThere(join(sources, path), join(stage, path));
  mkdirSync(stage, { recursive: true });
  for (const patch of patches) {
    // Never taken for part of a checkout that the cache happens to lie in.
    const env = { ...process.env, GIT_CEILING_DIRECTORIES: dirname(resolve(stage)) };
    run('git', ['apply', '--whitespace=nowarn', resolve(patch)], { cwd: stage, env });
  }
  for (const file of filesIn(ADDED)) copyIfThere(file, join(stage, relative(ADDED, file)));

  const record = `${tree}.patched.json`;
  const before = existsSync(record) ? (JSON.parse(readFileSync(record, 'utf8')) as string[]) : [];
  const now = filesIn(stage).map((path) => relative(stage, path));
  writeFileSync(record, JSON.stringify([...new Set([...before, ...now])]));
  for (const path of now) writeIfNew(join(stage, path), join(tree, path));
  for (const path of before.filter((path) => !now.includes(path))) {
    if (existsSync(join(sources, path))) writeIfNew(join(sources, path), join(tree, path));
    else rmSync(join(tree, path), { force: true });
  }
  writeFileSync(record, JSON.stringify(now));
  rmSync(stage, { recursive: true, force: true });
}

/** The paths a patch names, without git's a/ and b/. */
export function pathsOf(patch: string): string[] {
  return [...patch.matchAll(/^(?:---|\+\+\+) [ab]\/(\S+)/gm)].map((match) => match[1] ?? '');
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function copyIfThere(from: string, to: string): void {
  if (!existsSync(from)) return;
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
}

function writeIfNew(from: string, to: string): void {
  if (existsSync(to) && readFileSync(from).equals(readFileSync(to))) return;
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
}
