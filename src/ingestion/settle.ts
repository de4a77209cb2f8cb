/**
 * Waits for the first of several promises, but no longer than until the signal aborts.
 * @throws the signal's reason when it aborts
 */
export async function settle<T>(waiting: readonly Promise<T>[], signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return Promise.race(waiting);
  let stop = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason as Error);
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    signal.throwIfAborted();
    return await Promise.race([...waiting, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
