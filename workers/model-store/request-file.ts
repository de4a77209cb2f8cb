import { FailureError } from '../../src/domain/failure.ts';
import type { ModelFile } from '../../src/domain/model-spec.ts';

/** Milliseconds without a single byte after which the server counts as gone. */
const STALL_LIMIT = 30_000;

export interface RequestedFile {
  /** Where `chunks` begin in the file: 0 when the server did not heed the range. */
  readonly offset: number;
  readonly chunks: AsyncIterable<Uint8Array<ArrayBuffer>>;
}

/**
 * Asks for a file from byte `from` on, and refuses an answer that cannot be it.
 * @throws FailureError `download-not-a-model` for a web page, `wrong-hash` for another length,
 * `download-failed` otherwise (also while reading `chunks`); AbortError when stopped
 */
export async function requestFile(
  url: string,
  file: ModelFile,
  from: number,
  signal: AbortSignal,
): Promise<RequestedFile> {
  const stall = new StallGuard(signal);
  try {
    let response = await get(url, from, stall.signal);
    if (from > 0 && !continues(response, from)) {
      // Not the rest of a file (416, or ranges of a compressed answer): from the start, then.
      if (response.status === 416 || response.status === 206) {
        await response.body?.cancel();
        response = await get(url, 0, stall.signal);
      }
    }
    check(response, file);
    const offset = response.status === 206 ? from : 0;
    return { offset, chunks: readChunks(response, file, stall, signal) };
  } catch (error) {
    stall.abandon();
    throw toDownloadError(error, file, signal);
  }
}

function get(url: string, from: number, signal: AbortSignal): Promise<Response> {
  const headers: HeadersInit = from > 0 ? { range: `bytes=${from}-` } : {};
  // Neither cached (it is kept in OPFS) nor led to another place.
  return fetch(url, { headers, signal, cache: 'no-store', redirect: 'error' });
}

function continues(response: Response, from: number): boolean {
  if (response.status !== 206 || isEncoded(response)) return false;
  return response.headers.get('content-range')?.startsWith(`bytes ${from}-`) ?? false;
}

function check(response: Response, file: ModelFile): void {
  if (!response.ok) {
    throw new FailureError({ kind: 'download-failed', file: file.path, status: response.status });
  }
  if (response.headers.get('content-type')?.startsWith('text/html')) {
    throw new FailureError({ kind: 'download-not-a-model', file: file.path });
  }
  const total = statedBytes(response);
  if (total !== null && total !== file.bytes) throw new FailureError({ kind: 'wrong-hash', file: file.path });
}

/** The whole file's size as the server states it, or null when it does not. */
function statedBytes(response: Response): number | null {
  if (isEncoded(response)) return null; // the length of the compressed bytes
  const stated =
    response.status === 206
      ? response.headers.get('content-range')?.split('/')[1]
      : response.headers.get('content-length');
  return stated && stated !== '*' ? Number(stated) : null;
}

function isEncoded(response: Response): boolean {
  return (response.headers.get('content-encoding') ?? 'identity') !== 'identity';
}

async function* readChunks(
  response: Response,
  file: ModelFile,
  stall: StallGuard,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const reader = response.body?.getReader();
  try {
    for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
      stall.alive();
      yield next.value;
    }
  } catch (error) {
    throw toDownloadError(error, file, signal);
  } finally {
    stall.end();
    await reader?.cancel().catch(() => {}); // already broken: the error is on its way up
  }
}

function toDownloadError(error: unknown, file: ModelFile, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  if (error instanceof FailureError) return error;
  return new FailureError({ kind: 'download-failed', file: file.path, status: null }, { cause: error });
}

/** Aborts a request when it stays silent for too long, or when the caller gives up. */
class StallGuard {
  readonly #stall = new AbortController();
  #timer = this.#start();
  readonly signal: AbortSignal;

  constructor(outer: AbortSignal) {
    this.signal = AbortSignal.any([outer, this.#stall.signal]);
  }

  alive(): void {
    clearTimeout(this.#timer);
    this.#timer = this.#start();
  }

  end(): void {
    clearTimeout(this.#timer);
  }

  /** Also ends a response whose body nobody will read. */
  abandon(): void {
    this.end();
    this.#stall.abort();
  }

  #start() {
    return setTimeout(() => this.#stall.abort(), STALL_LIMIT);
  }
}
