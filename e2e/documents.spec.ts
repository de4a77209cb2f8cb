import { serve } from './serve.ts';
import { add, answered, askFor, expect, failures, fixture, open, settled, test } from './app.ts';

test('every bad PDF gets its own sentence and the rest of the batch goes on', async ({ page, host }) => {
  page.on('dialog', () => expect(false, 'a file name was run as markup').toBe(true));
  await open(page, host);
  const bad = ['not-a-pdf.pdf', 'empty.pdf', 'no-pages.pdf', 'broken.pdf', 'encrypted.pdf', 'scanned.pdf'];
  const good = ['partly.pdf', 'chinese.pdf', 'columns.pdf', '<img src=x onerror=alert(1)>.pdf'];
  await add(page, ...[...bad, ...good].map(fixture));
  expect(await failures(page)).toMatchObject({
    'not-a-pdf.pdf': 'not-a-pdf',
    'empty.pdf': 'empty-file',
    'no-pages.pdf': 'no-pages',
    'broken.pdf': 'unreadable-pdf',
    'encrypted.pdf': 'password-needed',
    'scanned.pdf': 'no-text-layer',
  });
  const names = () => page.evaluate(() => quire.collection.documents.map(({ name }) => name));
  expect(await names()).toEqual(good);
  await expect(page.getByText('This file is empty.').first()).toBeVisible();

  await page.getByLabel('Password for “encrypted.pdf”').first().fill('wrong');
  await page.keyboard.press('Enter');
  await expect(page.getByText('That password does not open the document.').first()).toBeVisible();
  await page.getByLabel('Password for “encrypted.pdf”').first().fill('quire');
  await page.keyboard.press('Enter');
  await expect.poll(names).toContain('encrypted.pdf');

  await askFor(page, '谁当选为茶厂的新任厂长？');
  await answered(page);
  expect(await page.evaluate(() => quire.conversation.turns.at(-1)?.passages[0]?.documentName)).toBe(
    'chinese.pdf',
  );

  await add(page, fixture('chinese.pdf'));
  await expect(page.getByText('“chinese.pdf” is already in the collection.')).toBeVisible();
  await page.getByRole('button', { name: 'Remove “chinese.pdf”' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
  await expect.poll(names).not.toContain('chinese.pdf');
  await page.reload();
  await page.waitForFunction(() => quire.collection.status.kind === 'ready');
  expect(await names()).toHaveLength(good.length);

  await page.getByRole('button', { name: 'Open “encrypted.pdf”' }).click();
  await page.getByLabel('Password for “encrypted.pdf”').fill('quire');
  await page.keyboard.press('Enter');
  await expect(page.locator('.pdfViewer .page canvas')).toBeVisible();
});

test('a pasted link is fetched from its own host, which may refuse', async ({ page, host, strays }) => {
  const other = await serve({
    headers: false,
    override: (path, _request, response) => {
      if (path.startsWith('samples/')) response.setHeader('access-control-allow-origin', '*');
      return false;
    },
  });
  try {
    await open(page, host);
    const links = ['samples/field-guide.pdf', 'index.html'].map((path) => other.url + path);
    for (const link of links) {
      await page.getByRole('button', { name: 'Paste a link' }).first().click();
      await page.getByLabel('Address of the PDF').fill(link);
      await page.getByRole('button', { name: 'Fetch the PDF' }).click();
    }
    await settled(page);
    expect(await page.evaluate(() => quire.collection.documents.map(({ name }) => name))).toEqual([
      'field-guide.pdf',
    ]);
    expect(await failures(page)).toEqual({ 'index.html': 'link-unreachable' });
    expect(strays.splice(0)).toEqual(links);
  } finally {
    await other.close();
  }
});

test('a tab that crashes while it reads keeps what was stored, and nothing half', async ({
  page,
  context,
  host,
}) => {
  await open(page, host);
  await add(page, fixture('report.pdf'));
  await page.locator('input[type=file]').setInputFiles(fixture('thirty-pages.pdf'));
  await page.waitForFunction(
    () =>
      quire.collection.ingestions.list.some(({ status }) => status.kind === 'embedding' && status.done > 0),
    null,
    { timeout: 60_000 },
  );
  const devtools = await context.newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  void devtools.send('Page.crash').catch(() => {}); // the answer would come from the page that is gone
  await crashed;

  const next = await context.newPage();
  await open(next, host);
  expect(await next.evaluate(() => quire.collection.documents.map(({ name }) => name))).toEqual([
    'report.pdf',
  ]);
  await add(next, fixture('thirty-pages.pdf'));
  expect(await next.evaluate(() => quire.collection.documents.length)).toBe(2);
});

test('stopping a long document leaves nothing of it', async ({ page, host }) => {
  await open(page, host);
  await add(page, fixture('thirty-pages.pdf'));

  await page.locator('input[type=file]').setInputFiles(fixture('long.pdf'));
  await page.waitForFunction(
    () =>
      quire.collection.ingestions.list.some(({ status }) => ['parsing', 'embedding'].includes(status.kind)),
    null,
    { timeout: 60_000 },
  );
  await page.getByRole('button', { name: 'Stop adding “long.pdf”' }).click();
  await settled(page);
  expect(await page.evaluate(() => quire.collection.documents.map(({ name }) => name))).toEqual([
    'thirty-pages.pdf',
  ]);
  await page.reload();
  await page.waitForFunction(() => quire.collection.status.kind === 'ready');
  expect(await page.evaluate(() => quire.collection.documents.length)).toBe(1);
});
