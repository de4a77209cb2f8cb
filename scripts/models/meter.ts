import { Transform } from 'node:stream';

/** Between two lines of progress where the terminal cannot be written over, in ms. */
const SPARSE = 5_000;

/** More bytes came than the file has. */
export class Oversize extends Error {}

/**
 * Passes bytes on and shows how many and how fast; fails when none come for `silence` ms, or more
 * than there should be.
 */
export function meter(name: string, total: number, begun: number, silence: number): Transform {
  const started = performance.now();
  let received = begun;
  let shown = started;
  const show = (last: boolean) => {
    const now = performance.now();
    if (!last && now - shown < (process.stdout.isTTY ? 200 : SPARSE)) return;
    shown = now;
    const speed = (received - begun) / 1e3 / Math.max(1, now - started);
    const line = `  ${name}: ${mb(received)} of ${mb(total)} MB, ${speed.toFixed(1)} MB/s`;
    if (process.stdout.isTTY) process.stdout.write(`\r\x1b[K${line}${last ? '\n' : ''}`);
    else console.log(line);
  };
  const stalled = () => transform.destroy(new Error(`nothing came for ${String(silence / 1000)} s`));
  let timer = setTimeout(stalled, silence);
  const transform = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      clearTimeout(timer);
      timer = setTimeout(stalled, silence);
      received += chunk.length;
      if (received > total) return done(new Oversize('it is larger than the file should be'));
      show(false);
      done(null, chunk);
    },
    flush(done) {
      show(true);
      done();
    },
    destroy(error, done) {
      clearTimeout(timer);
      done(error);
    },
  });
  return transform;
}

/** Megabytes, with one digit after the point. */
export function mb(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
