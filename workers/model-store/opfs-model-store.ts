import type { ModelFile, ModelSpec } from '../../src/domain/model-spec.ts';
import type { DownloadProgress, ModelStore, StoredModel } from '../../src/storage/model-store.ts';
import { bytesOnDisk, fileIfWhole, isWhole, markWhole, removeFile, withFile } from './disk.ts';
import { fillFile } from './fill-file.ts';
import { lock } from './lock.ts';

/** Milliseconds between two reports of progress. */
const PROGRESS_INTERVAL = 100;

/**
 * Model files by their hash in the origin private file system: `models/<sha256>` and, once
 * the hash was checked, an empty `models/<sha256>.ok` beside it.
 */
export class OpfsModelStore implements ModelStore {
  async *download(spec: ModelSpec, baseUrl: string, signal: AbortSignal): AsyncGenerator<DownloadProgress> {
    const received = await Promise.all(spec.files.map(bytesOnDisk));
    const totalBytes = sum(spec.files.map((file) => file.bytes));
    const progress = () => ({ receivedBytes: sum(received), totalBytes });
    let reportedAt = performance.now();
    yield progress();
    for (const [index, file] of spec.files.entries()) {
      const url = new URL(`${spec.id}/${file.path}`, baseUrl).href;
      for await (const bytes of downloadFile(url, file, signal)) {
        received[index] = bytes;
        if (performance.now() - reportedAt < PROGRESS_INTERVAL) continue;
        reportedAt = performance.now();
        yield progress();
      }
    }
    yield progress();
  }

  async open(spec: ModelSpec): Promise<Map<string, File> | null> {
    const files = new Map<string, File>();
    for (const file of spec.files) {
      const blob = await fileIfWhole(file);
      if (!blob) return null;
      files.set(file.path, blob);
    }
    return files;
  }

  async inspect(spec: ModelSpec): Promise<StoredModel> {
    const sizes = await Promise.all(spec.files.map(bytesOnDisk));
    const whole = await Promise.all(spec.files.map(isWhole));
    return { modelId: spec.id, bytes: sum(sizes), whole: whole.every(Boolean) };
  }

  /** Waits for a running download of these files. A file of another model too goes with it. */
  async remove(spec: ModelSpec): Promise<void> {
    for (const file of spec.files) {
      const release = await lock(file.sha256);
      try {
        await removeFile(file);
      } finally {
        release();
      }
    }
  }
}

/** Yields the file's bytes on disk; one tab at a time, the next finds the work done. */
async function* downloadFile(url: string, file: ModelFile, signal: AbortSignal): AsyncGenerator<number> {
  const release = await lock(file.sha256, signal);
  try {
    if (!(await isWhole(file))) {
      yield* withFile(file, (handle) => fillFile(handle, url, file, signal));
      await markWhole(file);
    }
    yield file.bytes;
  } finally {
    release();
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
