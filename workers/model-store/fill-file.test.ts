import { sha256 } from 'hash-wasm';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ModelFile } from '../../src/domain/model-spec.ts';
import { fillFile } from './fill-file.ts';

const MODEL = new TextEncoder().encode('GGUF and what follows in a model');
const file: ModelFile = {
  path: 'model.gguf',
  bytes: MODEL.length,
  sha256: await sha256(MODEL),
  sources: [],
};

class MemoryHandle {
  bytes = new Uint8Array(0);
  writeAnswer: number | null = null;
  constructor(bytes: Uint8Array = new Uint8Array(0)) {
    this.bytes = Uint8Array.from(bytes);
  }
  getSize = () => this.bytes.length;
  flush = () => {};
  truncate = (size: number) => void (this.bytes = this.bytes.slice(0, size));
  read(buffer: AllowSharedBufferSource, { at = 0 }: FileSystemReadWriteOptions = {}): number {
    const part = this.bytes.subarray(at, at + buffer.byteLength);
    (buffer as Uint8Array).set(part);
    return part.length;
  }
  write(chunk: AllowSharedBufferSource, { at = 0 }: FileSystemReadWriteOptions = {}): number {
    if (this.writeAnswer !== null) return this.writeAnswer;
    const grown = new Uint8Array(at + chunk.byteLength);
    grown.set(this.bytes.subarray(0, at));
    grown.set(chunk as Uint8Array, at);
    this.bytes = grown;
    return chunk.byteLength;
  }
}

const fetched = vi.fn<typeof fetch>();
beforeEach(() => void vi.stubGlobal('fetch', fetched));
afterEach(() => void fetched.mockReset());

type Body = Uint8Array | ReadableStream | null;

function reply(body: Body, status = 200, headers: Record<string, string> = {}): void {
  const length: Record<string, string> =
    body instanceof Uint8Array ? { 'content-length': `${body.length}` } : {};
  fetched.mockResolvedValueOnce(
    new Response(body as BodyInit | null, { status, headers: { ...length, ...headers } }),
  );
}

function replyWithRest(from: number): void {
  reply(MODEL.slice(from), 206, { 'content-range': `bytes ${from}-${file.bytes - 1}/${file.bytes}` });
}

async function fill(handle: MemoryHandle, signal = new AbortController().signal): Promise<number[]> {
  const sizes: number[] = [];
  for await (const size of fillFile(handle, 'https://quire.test/model.gguf', file, signal)) sizes.push(size);
  return sizes;
}

function rangeOf(call: number): string | undefined {
  return (fetched.mock.calls[call]?.[1]?.headers as Record<string, string>)['range'];
}

test('a missing file is fetched whole', async () => {
  const handle = new MemoryHandle();
  reply(MODEL);
  expect(await fill(handle)).toEqual([0, file.bytes]);
  expect(handle.bytes).toEqual(MODEL);
  expect(rangeOf(0)).toBeUndefined();
});

test('a partial file is gone on with', async () => {
  const handle = new MemoryHandle(MODEL.slice(0, 10));
  replyWithRest(10);
  expect(await fill(handle)).toEqual([10, file.bytes]);
  expect(handle.bytes).toEqual(MODEL);
  expect(rangeOf(0)).toBe('bytes=10-');
});

test('a server without ranges: from the start', async () => {
  const handle = new MemoryHandle(MODEL.slice(0, 10));
  reply(MODEL);
  expect(await fill(handle)).toEqual([10, file.bytes]);
  expect(handle.bytes).toEqual(MODEL);
});

test.each([
  ['416', () => reply(null, 416)],
  ['another range', () => reply(MODEL, 206, { 'content-range': `bytes 0-${file.bytes - 1}/${file.bytes}` })],
  [
    'a compressed range',
    () => reply(MODEL, 206, { 'content-range': 'bytes 10-31/32', 'content-encoding': 'gzip' }),
  ],
])('%s is answered by asking for the whole file', async (_, first) => {
  const handle = new MemoryHandle(MODEL.slice(0, 10));
  first();
  reply(MODEL);
  await fill(handle);
  expect(handle.bytes).toEqual(MODEL);
  expect(rangeOf(1)).toBeUndefined();
});

test('a file that was complete but never checked is only hashed', async () => {
  expect(await fill(new MemoryHandle(MODEL))).toEqual([file.bytes]);
  expect(fetched).not.toHaveBeenCalled();
});

test('a wrong hash empties the file, a flipped byte on disk included', async () => {
  const handle = new MemoryHandle(MODEL.slice(0, 10).fill(7, 5));
  replyWithRest(10);
  await expect(fill(handle)).rejects.toMatchObject({ failure: { kind: 'wrong-hash', file: 'model.gguf' } });
  expect(handle.getSize()).toBe(0);
});

test.each([
  [
    'a web page',
    'download-not-a-model',
    () => reply(MODEL, 200, { 'content-type': 'text/html; charset=utf-8' }),
  ],
  ['no GGUF', 'download-not-a-model', () => reply(MODEL.slice().fill(1, 0, 4))],
  ['a truncated file', 'wrong-hash', () => reply(MODEL.slice(0, 20))],
])('%s is refused', async (_, kind, respond) => {
  const handle = new MemoryHandle();
  respond();
  await expect(fill(handle)).rejects.toMatchObject({ failure: { kind, file: 'model.gguf' } });
  expect(handle.getSize()).toBe(0);
});

test('more bytes than there should be are refused', async () => {
  const endless = new ReadableStream({ pull: (controller) => controller.enqueue(MODEL) });
  reply(endless);
  await expect(fill(new MemoryHandle())).rejects.toMatchObject({ failure: { kind: 'wrong-hash' } });
});

test('an error status is told', async () => {
  reply(null, 404);
  const failure = { kind: 'download-failed', file: 'model.gguf', status: 404 };
  await expect(fill(new MemoryHandle())).rejects.toMatchObject({ failure });
});

test('a connection that breaks keeps what came', async () => {
  const handle = new MemoryHandle();
  let pulls = 0;
  const breaking = new ReadableStream({
    pull: (controller) =>
      pulls++ === 0 ? controller.enqueue(MODEL.slice(0, 12)) : controller.error(new TypeError('network')),
  });
  reply(breaking);
  const failure = { kind: 'download-failed', status: null };
  await expect(fill(handle)).rejects.toMatchObject({ failure });
  expect(handle.getSize()).toBe(12);
});

test('a silent server is given up after half a minute', async () => {
  vi.useFakeTimers();
  fetched.mockImplementation((_, init) => {
    return new Promise((_resolve, reject) => {
      init?.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error));
    });
  });
  const failing = expect(fill(new MemoryHandle())).rejects.toMatchObject({
    failure: { kind: 'download-failed', status: null },
  });
  await vi.waitFor(() => expect(fetched).toHaveBeenCalled());
  await vi.advanceTimersByTimeAsync(30_000);
  await failing;
  vi.useRealTimers();
});

test('stopping is an AbortError and keeps what came', async () => {
  const handle = new MemoryHandle();
  const stop = new AbortController();
  let pulls = 0;
  reply(
    new ReadableStream({
      pull(controller) {
        if (pulls++ === 0) return controller.enqueue(MODEL.slice(0, 12));
        stop.abort(new DOMException('stopped', 'AbortError'));
        controller.error(stop.signal.reason);
      },
    }),
  );
  await expect(fill(handle, stop.signal)).rejects.toThrow(DOMException);
  expect(handle.getSize()).toBe(12);
});

test.each([4294967288, 0])('a write that answers %d is storage-full', async (answer) => {
  const handle = new MemoryHandle();
  handle.writeAnswer = answer;
  reply(MODEL);
  const failure = { kind: 'storage-full', neededBytes: file.bytes };
  await expect(fill(handle)).rejects.toMatchObject({ failure });
});
