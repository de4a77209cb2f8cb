import { FailureError } from '../domain/failure.ts';

/** A host that says nothing for this long is taken for gone, in ms. */
const SILENCE_LIMIT = 30_000;

export interface FetchProgress {
  readonly receivedBytes: number;
  /** Null when the host does not say. */
  readonly totalBytes: number | null;
}

/** A readable name for a link: the last part of its path. */
export function nameOf(url: URL): string {
  const last = url.pathname.split('/').filter(Boolean).at(-1);
  try {
    return last ? decodeURIComponent(last) : url.host;
  } catch {
    return last ?? url.host; // not valid percent-encoding: shown as it stands
  }
}

/**
 * Fetches a PDF the person gave the link of, without cookies or referrer.
 * @throws FailureError `link-unreachable` (also when the host forbids other pages to read it),
 *   `link-refused` with its status
 */
export async function fetchPdf(
  url: URL,
  signal: AbortSignal,
  onProgress: (progress: FetchProgress) => void,
): Promise<Blob> {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), SILENCE_LIMIT);
  try {
    const response = await fetch(url, {
      signal: AbortSignal.any([signal, silence.signal]),
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
    });
    if (!response.ok || !response.body) {
      throw new FailureError({ kind: 'link-refused', host: url.host, status: response.status });
    }
    const totalBytes = Number(response.headers.get('content-length')) || null;
    const parts: Uint8Array<ArrayBuffer>[] = [];
    let receivedBytes = 0;
    const reader = response.body.getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), SILENCE_LIMIT);
      parts.push(next.value);
      receivedBytes += next.value.length;
      onProgress({ receivedBytes, totalBytes });
    }
    return new Blob(parts, { type: 'application/pdf' });
  } catch (error) {
    if (signal.aborted || error instanceof FailureError) throw error;
    throw new FailureError({ kind: 'link-unreachable', host: url.host }, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}
