/**
 * Waits until this file is nobody else's, in this tab or another. A tab that dies lets go.
 * @returns lets the next one have it
 * @throws AbortError when `signal` fires while waiting
 */
export function lock(sha256: string, signal?: AbortSignal): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const hold = () => new Promise<void>((release) => resolve(release));
    navigator.locks.request(`model-file:${sha256}`, signal ? { signal } : {}, hold).catch(reject);
  });
}
