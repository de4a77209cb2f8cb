import { add, expect, failures, fixture, open, test } from './app.ts';

/** Bytes left on the disk: room for the first document, but not for the second with its 300 vectors. */
const ROOM = 250_000;

test('a full disk loses nothing, and everything can be deleted', async ({ page, context, host }) => {
  await open(page, host);
  // What fills the disk besides documents comes first: the shell and the embedding model.
  await page.locator('html[data-offline=ready]').waitFor();
  await page.evaluate(() => quire.models.download(quire.models.embeddingModel('en').id));
  const usage = await page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0);
  const devtools = await context.newCDPSession(page);
  const origin = new URL(host.url).origin;
  // Before the first write: for half a minute after one, Chromium goes by the quota it then saw.
  await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: usage + ROOM });
  await add(page, fixture('report.pdf'));
  await add(page, fixture('thirty-pages.pdf'));
  expect(await failures(page)).toEqual({ 'thirty-pages.pdf': 'storage-full' });
  expect(await page.evaluate(() => quire.collection.documents.map(({ name }) => name))).toEqual([
    'report.pdf',
  ]);

  await devtools.send('Storage.overrideQuotaForOrigin', { origin });
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect
    .poll(() => page.evaluate(() => quire.collection.documents.length), { timeout: 60_000 })
    .toBe(2);

  await Promise.all([
    page.waitForEvent('load'),
    page.evaluate(() => void quire.environment.deleteEverything()),
  ]);
  await page.waitForFunction(() => 'quire' in globalThis && quire.collection.status.kind === 'ready');
  expect(await page.evaluate(() => quire.collection.documents.length)).toBe(0);
});
