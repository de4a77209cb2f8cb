import type { ModelSpec } from '../domain/model-spec.ts';

export interface DownloadProgress {
  /** Bytes on disk, those of an earlier, interrupted download included. */
  readonly receivedBytes: number;
  readonly totalBytes: number;
}

export interface StoredModel {
  readonly modelId: string;
  readonly bytes: number;
  /** False while a download is under way or paused. */
  readonly whole: boolean;
}

/**
 * PORT, served by `workers/model-store.worker.ts`: model files in the origin private file
 * system. A file counts as stored only after its SHA-256 was checked.
 */
export interface ModelStore {
  /**
   * Fetches what is missing from `baseUrl`, going on where an interrupted download stopped.
   * Aborting pauses: the bytes so far stay.
   * @param baseUrl absolute, with a trailing slash; files lie at `${baseUrl}${spec.id}/${file.path}`
   * @throws FailureError `download-failed`, `download-not-a-model`, `wrong-hash`, `storage-full`
   */
  download(spec: ModelSpec, baseUrl: string, signal: AbortSignal): AsyncGenerator<DownloadProgress>;
  /** The files by path, or null when the model is not whole. */
  open(spec: ModelSpec): Promise<Map<string, File> | null>;
  /** Bytes of this model on disk, whole or not; `whole` only when each file is. */
  inspect(spec: ModelSpec): Promise<StoredModel>;
  remove(spec: ModelSpec): Promise<void>;
}
