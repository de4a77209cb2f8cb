import type { Page } from '@playwright/test';
import { add, answered, askFor, expect, fixture, open, SMALL_MODEL, test, useModel } from './app.ts';

const QUESTION = 'How many visitors came to the reading room in the year of the report?';

test.beforeEach(async ({ page, host }) => {
  await open(page, host);
  await add(page, fixture('report.pdf'));
  await useModel(page, SMALL_MODEL);
  await askFor(page, QUESTION);
  await answered(page);
  const answeredAt = Date.now();
  await expect.poll(() => keptAt(page)).toBeGreaterThan(answeredAt);
});

test('what the model read last is not read again after a reload', async ({ page, host }) => {
  await reopen(page, host);
  await askFor(page, QUESTION);
  await answered(page);
  expect(await cachedShare(page)).toBeGreaterThan(0.7);
});

test('a damaged state is deleted, and the prompt is read anew', async ({ page, host }) => {
  await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const file = await root.getFileHandle('language-model-state');
    const half = (await file.getFile()).size >> 1;
    const writable = await file.createWritable({ keepExistingData: true });
    await writable.truncate(half);
    await writable.close();
  });
  const warnings: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'warning') warnings.push(message.text());
  });
  await reopen(page, host);
  expect(warnings).toEqual(['the kept state is damaged or of another model']);
  await askFor(page, QUESTION);
  await answered(page);
  expect(await cachedShare(page)).toBeLessThan(0.7);
});

for (const [action, act] of [
  ['a new conversation is begun', () => quire.conversation.startNew()],
  ['a document is removed', () => quire.collection.remove(quire.collection.documents[0]?.id ?? '')],
] as const)
  test(`nothing that was read stays on the disk when ${action}`, async ({ page }) => {
    await page.evaluate(act);
    await expect.poll(() => keptAt(page)).toBe(0);
  });

/** When the state was written last, in ms since the epoch; 0 when there is none. */
function keptAt(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    for await (const [name, handle] of root.entries())
      if (name === 'language-model-state')
        return (await (handle as FileSystemFileHandle).getFile()).lastModified;
    return 0;
  });
}

async function reopen(page: Page, host: Parameters<typeof open>[1]): Promise<void> {
  await open(page, host);
  await page.waitForFunction(() => quire.models.chosen.status.kind === 'ready', null, { timeout: 60_000 });
}

/** Of the last answer's prompt. */
function cachedShare(page: Page): Promise<number> {
  return page.evaluate(() => {
    const timings = quire.conversation.turns.at(-1)?.answer?.timings;
    return (timings?.cachedTokens ?? NaN) / (timings?.promptTokens ?? NaN);
  });
}
