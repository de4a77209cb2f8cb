import { createWriteStream, rmSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import type { ModelFile, ModelSource } from '../../src/domain/model-spec.ts';
import { sizeOf } from './cache.ts';
import { meter } from './meter.ts';

/** A hub that does not answer within this time is taken for out of reach, in ms. */
const CONNECT_LIMIT = 4_000;
/** A download that brings nothing for this long is given up, in ms. */
const SILENCE_LIMIT = 30_000;

let unreachable: string | null = null;

/** The hub, or a mirror of it: QUIRE_HUB, HF_ENDPOINT. */
function hubBase(): string {
  return process.env['QUIRE_HUB'] ?? process.env['HF_ENDPOINT'] ?? 'https://huggingface.co';
}

/** @throws Error when the hub is out of reach (remembered for the rest of the run) or refuses */
export async function fromHub(
  source: ModelSource & { kind: 'hub' },
  file: ModelFile,
  target: string,
): Promise<void> {
  const base = hubBase();
  if (unreachable === base) throw new Error('out of reach');
  const begun = sizeOf(target);
  const url = `${base}/${source.repository}/resolve/${source.revision}/${source.path}`;
  const connecting = new AbortController();
  const timer = setTimeout(() => connecting.abort(), CONNECT_LIMIT);
  const headers = begun > 0 ? { Range: `bytes=${String(begun)}-` } : {};
  const response = await fetch(url, { headers, signal: connecting.signal }).catch((error: unknown) => {
    unreachable = base;
    throw new Error('out of reach', { cause: error });
  });
  clearTimeout(timer);
  if (response.status === 416) {
    rmSync(target); // what there is cannot be the beginning of this file
    throw new Error('the half-finished download did not fit and was thrown away; run this again');
  }
  if (!response.ok || !response.body) throw new Error(`answered with status ${String(response.status)}`);
  if (response.headers.get('content-type')?.includes('text/html'))
    throw new Error('answered with a web page');
  const resumed = response.status === 206;
  await pipeline(
    Readable.fromWeb(response.body as ReadableStream<Uint8Array>),
    meter(source.path, file.bytes, resumed ? begun : 0, SILENCE_LIMIT),
    createWriteStream(target, { flags: resumed ? 'a' : 'w' }),
  );
}
