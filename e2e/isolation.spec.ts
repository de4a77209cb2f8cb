import {
  add,
  answered,
  askFor,
  expect,
  failures,
  fixture,
  open,
  SMALL_MODEL,
  test,
  useModel,
} from './app.ts';
import type { Override } from './serve.ts';

test.describe('a host without headers, below a path', () => {
  test.use({ hostOptions: { headers: false, base: '/some/path/' } });

  test('the service worker isolates the page after one reload', async ({ page, host }) => {
    await open(page, host);
    await page.waitForFunction(() => crossOriginIsolated, null, { timeout: 30_000 });
    await add(page, fixture('report.pdf'));
    await askFor(page, 'What is the report about?');
    await answered(page);
    await expect(page.getByRole('list', { name: 'Passages' })).toBeVisible();
  });

  test.describe('without service workers', () => {
    test.use({ serviceWorkers: 'block' });
    test('it answers on one thread, and says so', async ({ page, host }) => {
      test.setTimeout(400_000);
      await open(page, host);
      expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
      await add(page, fixture('report.pdf'));
      await useModel(page, SMALL_MODEL);
      await expect(page.getByText('This page is not isolated')).toBeVisible();
      expect(await page.evaluate(() => quire.models.chosen.status)).toEqual({ kind: 'ready', threads: 1 });
      await askFor(page, 'Who built the new sluice gate?');
      await answered(page, 300_000);
      await expect(page.getByTestId('answer')).not.toBeEmpty();
    });
  });
});

test.describe('a host that lacks a worker', () => {
  const override: Override = (path, _request, response) => {
    if (!path.includes('retrieval.worker')) return false;
    response.writeHead(404, { 'content-type': 'text/plain' }).end('not here');
    return true;
  };
  test.use({ hostOptions: { override }, serviceWorkers: 'block' });
  test('the missing part is named', async ({ page, host }) => {
    await open(page, host);
    await add(page, fixture('report.pdf'));
    expect(await failures(page)).toEqual({ 'report.pdf': 'worker-missing' });
    await expect(page.getByText(/A part of the app \(retrieval\) could not be loaded/).first()).toBeVisible();
  });
});
