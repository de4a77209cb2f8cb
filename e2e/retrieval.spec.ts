import { add, answered, askFor, expect, fixture, open, test } from './app.ts';

test('a rare number is found by its digits where hundreds of passages mean the same', async ({
  page,
  host,
}) => {
  await open(page, host);
  await add(page, fixture('thirty-pages.pdf'));
  const texts = await page.evaluate(async () => {
    const first = async (legs?: readonly ('vectors' | 'keywords')[]) =>
      (await quire.collection.find('Who bought 953 fishing nets?', { limit: 1, ...(legs && { legs }) }))[0]
        ?.chunk.text;
    return { hybrid: await first(), vectors: await first(['vectors']) };
  });
  expect(texts.hybrid).toContain('953 fishing nets');
  expect(texts.vectors).not.toContain('953 fishing nets');
});
