import { copyFileSync, linkSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { homedir, platform } from 'node:os';
import { dirname, join } from 'node:path';

/** Bytes that a lock file pins: a model's file, or a document of the eval. */
export interface PinnedFile {
  readonly bytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

/** The per-user folder where files are kept by their hash, outside any checkout. */
export function cacheFolder(): string {
  const { QUIRE_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (QUIRE_CACHE) return QUIRE_CACHE;
  if (XDG_CACHE_HOME) return join(XDG_CACHE_HOME, 'quire');
  if (platform() === 'win32' && LOCALAPPDATA) return join(LOCALAPPDATA, 'quire');
  return platform() === 'darwin' ? join(homedir(), 'Library/Caches/quire') : join(homedir(), '.cache/quire');
}

/** Where a file is kept once its hash was checked. */
export function cachedPath(file: PinnedFile): string {
  return join(cacheFolder(), file.sha256);
}

/** Name and size are enough: a file gets its name only after its hash was checked. */
export function isCached(file: PinnedFile): boolean {
  return sizeOf(cachedPath(file)) === file.bytes;
}

/** Bytes on disk, 0 when there is no such file. */
export function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** Puts a cached file at `target`: linked where the disk allows it, else copied. */
export function link(file: PinnedFile, target: string): void {
  const from = cachedPath(file);
  const same = statSync(target, { throwIfNoEntry: false });
  if (same?.size === file.bytes && same.mtimeMs >= statSync(from).mtimeMs) return;
  mkdirSync(dirname(target), { recursive: true });
  rmSync(target, { force: true });
  try {
    linkSync(from, target);
  } catch {
    copyFileSync(from, target); // another disk, or one without links
  }
}
