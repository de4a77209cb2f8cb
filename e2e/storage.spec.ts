import { add, expect, failures, fixture, open, test } from './app.ts';

// Fails: at times the quota set through DevTools does not hold and the document is stored. Cause unknown.
test.fixme('a full disk loses nothing, and everything can be deleted', async ({ page, context, host }) => {
  await open(page, host);
  await add(page, fixture('report.pdf'));
  const devtools = await context.newCDPSession(page);
  const origin = new URL(host.url).origin;
  // Less than is stored already: the shell is still being cached, so what is used keeps changing.
  await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1000 });
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
