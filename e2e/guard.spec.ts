import { expect, open, test } from './app.ts';

const ELSEWHERE = 'http://elsewhere.test/';

// What every other test relies on; its `strays` must be empty at the end.
test('a request of the page to another origin is aborted and noticed', async ({ page, host, strays }) => {
  await open(page, host);
  const outcome = page.evaluate((url) => fetch(url).then(String, () => 'aborted'), ELSEWHERE);
  expect(await outcome).toBe('aborted');
  expect(strays.splice(0)).toEqual([ELSEWHERE]);
});

test.describe('on a host whose workers have no policy of their own', () => {
  test.use({ hostOptions: { headers: false } });
  test('so is one of the service worker', async ({ page, context, host, strays }) => {
    await open(page, host);
    const [worker] = context.serviceWorkers();
    const outcome = worker?.evaluate((url) => fetch(url).then(String, () => 'aborted'), ELSEWHERE);
    expect(await outcome).toBe('aborted');
    expect(strays.splice(0)).toEqual([ELSEWHERE]);
  });
});
