import { add, answered, askFor, expect, fixture, open, settled, test } from './app.ts';

test('a rare number is found by its digits where hundreds of passages mean the same', async ({
  page,
  host,
}) => {
  await open(page, host);
  await add(page, fixture('thirty-pages.pdf'));
  const texts = await page.evaluate(async () => {
    const first = async (legs?: readonly ('vectors' | 'keywords')[]) =>
      (await quire.collection.find('Who bought 953 fishing nets?', { limit: 1, ...(legs && { legs }) }))
        .passages[0]?.chunk.text;
    return { hybrid: await first(), vectors: await first(['vectors']) };
  });
  expect(texts.hybrid).toContain('953 fishing nets');
  expect(texts.vectors).not.toContain('953 fishing nets');
});

test('a question asked of one document, or of one page, finds nothing elsewhere, and the turn says so', async ({
  page,
  host,
}) => {
  await open(page, host);
  await add(page, fixture('report.pdf'), fixture('columns.pdf'));
  const found = () =>
    page.evaluate(() =>
      quire.conversation.turns
        .at(-1)
        ?.passages.map(({ documentName, chunk }) => [documentName, ...chunk.spans.map((span) => span.page)]),
    );

  await page.getByRole('button', { name: 'Documents asked: All documents' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'columns.pdf' }).click();
  await page.keyboard.press('Escape');
  await askFor(page, 'Who was chosen as director of the mill?');
  await answered(page);
  const narrow = (await found()) ?? [];
  expect(narrow.length).toBeGreaterThan(0);
  expect(new Set(narrow.map(([name]) => name))).toEqual(new Set(['columns.pdf']));
  await expect(page.getByText('Asked of: columns.pdf')).toBeVisible();

  await page.getByRole('button', { name: 'Open “report.pdf”' }).click();
  await page.getByRole('button', { name: 'Ask this page' }).click();
  await askFor(page, 'Who was chosen as director of the mill?');
  await answered(page);
  const onPage = (await found()) ?? [];
  expect(onPage.length).toBeGreaterThan(0);
  expect(onPage.every(([name, ...pages]) => name === 'report.pdf' && pages.includes(1))).toBe(true);

  await page.reload();
  await page.waitForFunction(() => quire.collection.status.kind === 'ready');
  await expect(page.getByText('Asked of: report.pdf, page 1')).toBeVisible();
});

test('a document is read as another language, and stays as it was when that is stopped', async ({
  page,
  host,
}) => {
  await open(page, host);
  await add(page, fixture('report.pdf'));
  const read = () => page.evaluate(() => quire.collection.documents.map(({ language }) => language));
  const stopped = await page.evaluate(async () => {
    const id = quire.collection.documents[0]?.id ?? '';
    quire.collection.readAs(id, 'zh');
    quire.collection.ingestions.cancel(quire.collection.ingestions.list[0]?.id ?? '');
    return (await quire.collection.find('Who was chosen as director?')).passages.length;
  });
  expect(stopped).toBeGreaterThan(0);
  expect(await read()).toEqual(['en']);

  await page.getByRole('button', { name: 'Language of “report.pdf”' }).click();
  await page.getByRole('menuitemradio', { name: '简体中文' }).click();
  await expect.poll(read).toEqual(['zh']);
  await settled(page);
  const { passages } = await page.evaluate(() => quire.collection.find('Who was chosen as director?'));
  expect(passages[0]?.documentName).toBe('report.pdf');
});

test('a document whose vectors an older version left is read anew', async ({ page, host }) => {
  await open(page, host);
  await add(page, fixture('report.pdf'));
  await page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve) => {
      const opening = indexedDB.open('quire');
      opening.onsuccess = () => resolve(opening.result);
    });
    const transaction = database.transaction('embeddings', 'readwrite');
    const store = transaction.objectStore('embeddings');
    const old = { chunkIds: [], embeddings: { modelId: 'old', dimension: 1, vectors: new Float32Array() } };
    store.put(old, quire.collection.documents[0]?.id);
    await new Promise((resolve) => (transaction.oncomplete = resolve));
    database.close();
  });
  await open(page, host);
  await settled(page);
  const { passages } = await page.evaluate(() => quire.collection.find('Who was chosen as director?'));
  expect(passages[0]?.documentName).toBe('report.pdf');
  expect(await page.evaluate(() => quire.collection.documents.length)).toBe(1);
});
