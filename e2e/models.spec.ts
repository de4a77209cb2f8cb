import { createReadStream, readFileSync, statSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { add, expect, fixture, open, SMALL_MODEL, test } from './app.ts';
import type { Override } from './serve.ts';
import { modelFiles } from './stored.ts';

const MODEL_FILE = `dist/models/${SMALL_MODEL}/SmolLM2-135M-Instruct.Q4_1.gguf`;
const PART = 40_000_000;
const onnxHash = /afdb6f1a[0-9a-f]{56}/.exec(readFileSync('models.lock.json', 'utf8'))?.[0];

test.describe('a host with the wrong bytes', () => {
  let isSpoiled = true;
  const override: Override = (path, _request, response) => {
    if (!isSpoiled || !path.endsWith('model_quantized.onnx')) return false;
    response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': 22_972_370 });
    response.end(Buffer.alloc(22_972_370, 7));
    return true;
  };
  test.use({ hostOptions: { override } });

  test('a model with a wrong hash is refused and named, and nothing of it is kept', async ({
    page,
    host,
  }) => {
    await open(page, host);
    await add(page, fixture('report.pdf'));
    const sentence = page.getByText(/model_quantized\.onnx is not the file that was expected/).first();
    await expect(sentence).toBeVisible();
    expect(await page.evaluate(() => quire.collection.documents.length)).toBe(0);
    expect(onnxHash).toBeDefined();
    expect(await modelFiles(page)).not.toContain(onnxHash);

    isSpoiled = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => page.evaluate(() => quire.collection.documents.length)).toBe(1);
    expect(await modelFiles(page)).toContain(onnxHash);
  });
});

test.describe('a host that sends a page for every model', () => {
  const override: Override = (path, _request, response) => {
    if (!path.startsWith('models/')) return false;
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Sign in</title>');
    return true;
  };
  test.use({ hostOptions: { override } });

  test('a web page is not taken for a model', async ({ page, host }) => {
    await open(page, host);
    await download(page);
    await expect
      .poll(() => status(page))
      .toMatchObject({
        kind: 'failed',
        failure: { kind: 'download-not-a-model' },
      });
    expect(await modelFiles(page)).toEqual([]);
  });
});

test.describe('a host whose copy of a model is too short', () => {
  const override: Override = (path, _request, response) => {
    if (!path.endsWith('.gguf')) return false;
    response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': PART });
    createReadStream(MODEL_FILE, { end: PART - 1 }).pipe(response);
    return true;
  };
  test.use({ hostOptions: { override } });

  test('it is refused, and nothing of it is kept', async ({ page, host }) => {
    await open(page, host);
    await download(page);
    await expect
      .poll(() => status(page))
      .toMatchObject({
        kind: 'failed',
        failure: { kind: 'wrong-hash', file: 'SmolLM2-135M-Instruct.Q4_1.gguf' },
      });
    expect(await modelFiles(page)).toEqual([]);
  });
});

test.describe('a slow host', () => {
  const override: Override = (path, request, response) => {
    if (!path.endsWith('.gguf') || request.headers.range) return false;
    const { size } = statSync(MODEL_FILE);
    response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': size });
    void drip(createReadStream(MODEL_FILE, { highWaterMark: 1_000_000 }), response);
    return true;
  };
  test.use({ hostOptions: { override } });

  test('a paused download survives a reload and goes on where it was', async ({ page, host }) => {
    await open(page, host);
    await download(page);
    await expect.poll(() => received(page)).toBeGreaterThan(1e6);
    await page.evaluate((id) => quire.models.pause(id), SMALL_MODEL);
    await expect.poll(() => status(page)).toMatchObject({ kind: 'paused' });
    const kept = await received(page);
    expect(kept).toBeGreaterThan(1e6);

    await page.reload();
    await page.waitForFunction(() => 'quire' in globalThis && quire.models.chosen.status.kind === 'paused');
    expect(await received(page)).toBe(kept);
    await download(page);
    await expect.poll(() => status(page), { timeout: 120_000 }).toMatchObject({ kind: 'ready' });
    const ranges = host.requests.filter(({ path }) => path.endsWith('.gguf')).map(({ range }) => range);
    expect(ranges).toEqual([undefined, `bytes=${String(kept)}-`]);
  });
});

/** Some 10 MB a second. */
async function drip(file: Readable, response: ServerResponse): Promise<void> {
  for await (const chunk of file) {
    response.write(chunk);
    await setTimeout(100);
    if (response.destroyed) return;
  }
  response.end();
}

/** Chooses the small model and begins its download. */
async function download(page: Page): Promise<void> {
  await page.evaluate(async (id) => {
    await quire.models.choose(id);
    void quire.models.download(id);
  }, SMALL_MODEL);
}

async function status(page: Page) {
  return page.evaluate(() => quire.models.chosen.status);
}

async function received(page: Page): Promise<number> {
  const now = await status(page);
  return 'receivedBytes' in now ? now.receivedBytes : 0;
}
