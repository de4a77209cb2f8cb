import { FailureError } from '../domain/failure.ts';

/** The thread pdf.js parses in. */
export interface PdfWorker {
  /** Null where there are no web workers (Node): pdf.js then works on the calling thread. */
  readonly port: Worker | null;
  /** Rejects with `worker-missing` when it does not start, with `worker-crashed` when it dies later. */
  readonly lost: Promise<never>;
  /** From now on an error is a crash. */
  started(): void;
  stop(): void;
}

/**
 * Starts pdf.js's worker. pdf.js could do that by itself, but when it fails once, it parses on the
 * main thread until the page is loaded anew.
 */
export function startPdfWorker(workerSrc: string): PdfWorker {
  if (typeof Worker === 'undefined') {
    return { port: null, lost: new Promise(() => {}), started: () => {}, stop: () => {} };
  }
  const port = new Worker(workerSrc, { type: 'module', name: 'pdf' });
  let hasStarted = false;
  const lost = new Promise<never>((_, reject) => {
    port.addEventListener('error', () => {
      const kind = hasStarted ? 'worker-crashed' : 'worker-missing';
      reject(new FailureError({ kind, worker: 'pdf' }));
    });
  });
  // Those who wait for it see it; nobody has to.
  lost.catch(() => {});
  return {
    port,
    lost,
    started: () => {
      hasStarted = true;
    },
    stop: () => port.terminate(),
  };
}
