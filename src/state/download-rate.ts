import type { DownloadProgress } from '../storage/model-store.ts';

/** Time over which the speed is averaged, in ms. */
const WINDOW = 5_000;

/** Speed and time left of one download, from its progress reports. */
export class DownloadRate {
  #samples: { at: number; bytes: number }[] = [];

  after(progress: DownloadProgress): { bytesPerSecond: number | null; secondsLeft: number | null } {
    const now = performance.now();
    this.#samples = [
      ...this.#samples.filter(({ at }) => now - at < WINDOW),
      { at: now, bytes: progress.receivedBytes },
    ];
    const first = this.#samples[0];
    if (!first || now - first.at < 500) return { bytesPerSecond: null, secondsLeft: null };
    const bytesPerSecond = ((progress.receivedBytes - first.bytes) / (now - first.at)) * 1000;
    if (bytesPerSecond <= 0) return { bytesPerSecond: 0, secondsLeft: null };
    return { bytesPerSecond, secondsLeft: (progress.totalBytes - progress.receivedBytes) / bytesPerSecond };
  }
}
