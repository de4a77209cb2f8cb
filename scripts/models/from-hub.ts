import { createWriteStream, rmSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import type { ModelFile, ModelSource } from '../../src/domain/model-spec.ts';
import { sizeOf } from './cache.ts';
import { meter, Oversize } from './meter.ts';

/** A hub that does not answer within this time is taken for out of reach, in ms. */
const CONNECT_LIMIT = 4_000;
/** A download that brings nothing for this long is given up, in ms. */
const SILENCE_LIMIT = 30_000;

let unreachable: string | null = null;

/** The hub, or a mirror of it: QUIRE_HUB, HF_ENDPOINT. */
function hubBase(): string {
  const base = process.env['QUIRE_HUB'] ?? process.env['HF_ENDPOINT'] ?? 'https://huggingface.co';
  return base.replace(/\/+$/, '');
}

/**
 * Downloads a file of the hub, going on where it stopped as long as each attempt brings something.
 * @throws Error when the hub is out of reach (remembered for the rest of the run) or refuses
 */
export async function fromHub(
  source: ModelSource & { kind: 'hub' },
  file: ModelFile,
  target: string,
): Promise<void> {
  const url = `${hubBase()}/${source.repository}/resolve/${source.revision}/${source.path}`;
  if (sizeOf(target) > file.bytes) rmSync(target);
  while (sizeOf(target) < file.bytes) {
    const begun = sizeOf(target);
    try {
      await goOn(url, file, target, begun);
      return;
    } catch (error) {
      if (error instanceof Oversize) rmSync(target, { force: true });
      if (sizeOf(target) <= begun || sizeOf(target) >= file.bytes) throw error;
    }
  }
}

/** One request, for what is missing after the first `begun` bytes. */
async function goOn(url: string, file: ModelFile, target: string, begun: number): Promise<void> {
  const response = await request(url, begun);
  const from = response.status === 206 ? begun : 0;
  if (response.status === 416) rmSync(target, { force: true });
  const refused = refusal(response, file.bytes - from);
  if (refused !== null || !response.body) {
    await response.body?.cancel(); // lets go of the connection
    throw new Error(refused ?? 'answered with nothing');
  }
  await pipeline(
    Readable.fromWeb(response.body as ReadableStream<Uint8Array>),
    meter(file.path, file.bytes, from, SILENCE_LIMIT),
    createWriteStream(target, { flags: from > 0 ? 'a' : 'w' }),
  );
}

async function request(url: string, begun: number): Promise<Response> {
  const { origin } = new URL(url);
  if (unreachable === origin) throw new Error('out of reach');
  const connecting = new AbortController();
  const timer = setTimeout(() => connecting.abort(), CONNECT_LIMIT);
  const headers = {
    'Accept-Encoding': 'identity', // a range of compressed bytes would not fit
    ...(begun > 0 && { Range: `bytes=${String(begun)}-` }),
  };
  try {
    return await fetch(url, { headers, signal: connecting.signal });
  } catch (error) {
    unreachable = origin;
    throw new Error('out of reach', { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

/** Why an answer is not the file, as far as its head tells. */
function refusal({ status, ok, headers }: Response, expected: number): string | null {
  if (status === 416) return 'its file is shorter than what was already here, which was thrown away';
  if (!ok) return `answered with status ${String(status)}`;
  if (headers.get('content-type')?.includes('html')) return 'answered with a web page instead of the file';
  const length = headers.get('content-length');
  return length === null || Number(length) === expected
    ? null
    : `has ${length} bytes where ${String(expected)} were expected`;
}
