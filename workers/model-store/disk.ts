import { FailureError } from '../../src/domain/failure.ts';
import type { ModelFile } from '../../src/domain/model-spec.ts';
import { unlessMissing } from '../unless-missing.ts';

/** A tab that died holds its access handles for up to about 1.5 s. */
const HANDLE_TRIES = 10;
const HANDLE_PAUSE = 500;

/** Bytes of a file on disk, whole or not. */
export async function bytesOnDisk(file: ModelFile): Promise<number> {
  return (await read(file.sha256))?.size ?? 0;
}

export async function isWhole(file: ModelFile): Promise<boolean> {
  return (await fileIfWhole(file)) !== null;
}

/** The file, when its hash was once checked and nothing shortened it since. */
export async function fileIfWhole(file: ModelFile): Promise<File | null> {
  const [marker, data] = await Promise.all([read(marked(file)), read(file.sha256)]);
  return marker && data?.size === file.bytes ? data : null;
}

/** To be called last, after the hash was checked and the data is on disk. */
export async function markWhole(file: ModelFile): Promise<void> {
  await (await folder()).getFileHandle(marked(file), { create: true });
}

/** The marker goes first: whatever interrupts this leaves no unmarked truth behind. */
export async function removeFile(file: ModelFile): Promise<void> {
  await remove(marked(file));
  await remove(file.sha256);
}

/** Runs `work` on the opened file, closes it however that ends, and leaves no empty file. */
export async function* withFile<T>(
  file: ModelFile,
  work: (handle: FileSystemSyncAccessHandle) => AsyncGenerator<T>,
): AsyncGenerator<T> {
  const handle = await openHandle(file.sha256);
  try {
    yield* work(handle);
  } finally {
    const empty = handle.getSize() === 0;
    handle.close();
    if (empty) await remove(file.sha256);
  }
}

function marked(file: ModelFile): string {
  return `${file.sha256}.ok`;
}

async function folder(): Promise<FileSystemDirectoryHandle> {
  try {
    const root = await navigator.storage.getDirectory();
    return await root.getDirectoryHandle('models', { create: true });
  } catch (error) {
    throw new FailureError({ kind: 'storage-unavailable' }, { cause: error });
  }
}

async function read(name: string): Promise<File | null> {
  return unlessMissing(async () => (await (await folder()).getFileHandle(name)).getFile());
}

async function remove(name: string): Promise<void> {
  await unlessMissing(async () => (await folder()).removeEntry(name));
}

async function openHandle(name: string): Promise<FileSystemSyncAccessHandle> {
  const file = await (await folder()).getFileHandle(name, { create: true });
  for (let tries = 1; ; tries++) {
    try {
      return await file.createSyncAccessHandle();
    } catch (error) {
      if (tries === HANDLE_TRIES || !isNamed(error, 'NoModificationAllowedError')) throw error;
      await new Promise((resolve) => setTimeout(resolve, HANDLE_PAUSE));
    }
  }
}

function isNamed(error: unknown, name: string): boolean {
  return error instanceof DOMException && error.name === name;
}
