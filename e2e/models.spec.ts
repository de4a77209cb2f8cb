import { add, expect, fixture, open, SMALL_MODEL, test } from './app.ts';
import type { Override } from './serve.ts';

const spoiled: Override = (path, _request, response) => {
  if (!path.endsWith('model_quantized.onnx')) return false;
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': 22_972_370 });
  response.end(Buffer.alloc(22_972_370, 7));
  return true;
};

test.describe('a host with the wrong bytes', () => {
  test.use({ hostOptions: { override: spoiled } });
  test('a model with a wrong hash is refused and named, and nothing of it is kept', async ({
    page,
    host,
  }) => {
    await open(page, host);
    await add(page, fixture('report.pdf'));
    await expect(
      page.getByText(/model_quantized\.onnx is not the file that was expected/).first(),
    ).toBeVisible();
    expect(await page.evaluate(() => quire.collection.documents.length)).toBe(0);
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
    await page.evaluate(async (id) => {
      await quire.models.choose(id);
      await quire.models.download(id);
    }, SMALL_MODEL);
    const status = await page.evaluate(() => quire.models.chosen.status);
    expect(status).toMatchObject({ kind: 'failed', failure: { kind: 'download-not-a-model' } });
  });
});

test('a paused download survives a reload and goes on where it was', async ({ page, host }) => {
  await open(page, host);
  await page.evaluate(async (id) => {
    await quire.models.choose(id);
    void quire.models.download(id);
  }, SMALL_MODEL);
  const received = () =>
    page.evaluate(() => {
      const { status } = quire.models.chosen;
      return 'receivedBytes' in status ? status.receivedBytes : 0;
    });
  await expect.poll(received, { intervals: [20] }).toBeGreaterThan(1e6);
  await page.evaluate((id) => quire.models.pause(id), SMALL_MODEL);
  await page.waitForFunction(() => quire.models.chosen.status.kind === 'paused');
  const kept = await received();
  expect(kept).toBeGreaterThan(1e6);
  await page.reload();
  await page.waitForFunction(() => 'quire' in globalThis && quire.models.chosen.status.kind === 'paused');
  await page.evaluate((id) => void quire.models.download(id), SMALL_MODEL);
  await page.waitForFunction(() => quire.models.chosen.status.kind === 'ready', null, { timeout: 120_000 });
  const ranges = host.requests.filter(({ path }) => path.endsWith('.gguf')).map(({ range }) => range);
  expect(ranges.at(-1)).toMatch(/^bytes=[1-9]\d+-$/);
});
