import { createSHA256, type IHasher } from 'hash-wasm';
import { FailureError } from '../../src/domain/failure.ts';
import type { ModelFile } from '../../src/domain/model-spec.ts';
import { requestFile } from './request-file.ts';

/** Bytes hashed at a stretch when a partial file is read again; between them a stop is heard. */
const STRIDE = 16 * 1024 * 1024;
const GGUF = [0x47, 0x47, 0x55, 0x46];

type Handle = Pick<FileSystemSyncAccessHandle, 'getSize' | 'read' | 'write' | 'truncate' | 'flush'>;

/**
 * Completes `handle` to the file described, beginning with the bytes that are there. Ends only
 * when the hash is right; a wrong one empties the file. On every other failure, and when
 * stopped, the bytes so far stay.
 * @returns yields the bytes on disk, at every chunk
 * @throws FailureError `download-failed`, `download-not-a-model`, `wrong-hash`, `storage-full`
 */
export async function* fillFile(
  handle: Handle,
  url: string,
  file: ModelFile,
  signal: AbortSignal,
): AsyncGenerator<number> {
  if (handle.getSize() > file.bytes) handle.truncate(0);
  const hash = await createSHA256();
  await hashBytesOnDisk(handle, hash, signal);
  let size = handle.getSize();
  yield size;
  if (size < file.bytes) {
    const { offset, chunks } = await requestFile(url, file, size, signal);
    if (offset < size) {
      handle.truncate(0);
      hash.init();
      size = 0;
    }
    for await (const chunk of chunks) {
      if (size + chunk.byteLength > file.bytes) refuse(handle, 'wrong-hash', file);
      append(handle, chunk, size, file);
      hash.update(chunk);
      if (size < 4) checkMagic(handle, file);
      size += chunk.byteLength;
      yield size;
    }
  }
  if (size < file.bytes) throw new FailureError({ kind: 'download-failed', file: file.path, status: null });
  if (hash.digest('hex') !== file.sha256) refuse(handle, 'wrong-hash', file);
  handle.flush();
}

async function hashBytesOnDisk(handle: Handle, hash: IHasher, signal: AbortSignal): Promise<void> {
  const size = handle.getSize();
  const buffer = new Uint8Array(Math.min(STRIDE, size));
  for (let at = 0; at < size;) {
    const count = handle.read(buffer, { at });
    if (count === 0) throw new RangeError(`read nothing at ${at} of ${size}`);
    hash.update(buffer.subarray(0, count));
    at += count;
    await new Promise((resolve) => setTimeout(resolve)); // lets the message of an abort in
    signal.throwIfAborted();
  }
}

/** Over quota `write` throws, or (incognito Chromium) answers with a number that is no count. */
function append(handle: Handle, chunk: Uint8Array<ArrayBuffer>, at: number, file: ModelFile): void {
  const full = (cause?: unknown) =>
    new FailureError({ kind: 'storage-full', neededBytes: file.bytes - at }, { cause });
  let written: number;
  try {
    written = handle.write(chunk, { at });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'QuotaExceededError') throw full(error);
    throw error;
  }
  if (written !== chunk.byteLength) throw full();
}

function checkMagic(handle: Handle, file: ModelFile): void {
  if (!file.path.endsWith('.gguf') || handle.getSize() < GGUF.length) return;
  const start = new Uint8Array(GGUF.length);
  handle.read(start, { at: 0 });
  if (GGUF.some((byte, index) => byte !== start[index])) refuse(handle, 'download-not-a-model', file);
}

function refuse(handle: Handle, kind: 'wrong-hash' | 'download-not-a-model', file: ModelFile): never {
  handle.truncate(0);
  throw new FailureError({ kind, file: file.path });
}
