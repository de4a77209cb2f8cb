import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import * as v from 'valibot';
import { sentenceRanges } from '../src/domain/sentence-ranges.ts';
import { ConversationExport } from '../src/ui/export/conversation-export.ts';
import { add, answered, askFor, expect, fixture, open, test } from './app.ts';
import { LINKED_TO } from './fixtures/linked.ts';
import { bare, marked } from './marked.ts';

/** Waits until the page beside is drawn. */
async function drawn(page: Page): Promise<void> {
  await expect(page.getByRole('region', { name: /^Pages of/ })).toHaveAttribute('aria-busy', 'false');
}

/** Asks for passages alone; no language model is there. */
async function search(page: Page, question: string): Promise<void> {
  await askFor(page, question);
  await answered(page);
}

/** Every sentence of every passage found last. */
async function sentences(page: Page, language: 'en' | 'zh') {
  const passages = await page.evaluate(() => quire.conversation.turns.at(-1)?.passages ?? []);
  return passages.flatMap((passage) =>
    sentenceRanges(passage.chunk.text, language).map((range) => ({ passage, range })),
  );
}

const KINDS = [
  { file: 'report.pdf', question: 'Who found the error?', language: 'en' },
  { file: 'columns.pdf', question: 'What do spiders do with their threads?', language: 'en' },
  { file: 'station.pdf', question: 'What does a black ball at the mast mean?', language: 'en' },
  { file: 'chinese.pdf', question: '谁当选为茶厂的新任厂长？', language: 'zh' },
] as const;

for (const { file, question, language } of KINDS) {
  test(`any sentence of ${file} is marked on its page, and nothing else`, async ({ page, host }) => {
    await open(page, host);
    await add(page, fixture(file));
    await search(page, question);
    const all = await sentences(page, language);
    expect(all.length).toBeGreaterThan(5);
    for (const { passage, range } of all) {
      const text = bare(passage.chunk.text.slice(range.start, range.end));
      await page.evaluate(
        (each) => {
          quire.source.showPassage(each.passage, each.range, { turnId: '', elementId: '' });
        },
        { passage, range },
      );
      await drawn(page);
      const found = await marked(page);
      expect.soft(found[0]?.isInSight).toBe(true);
      // Letters are under the marks in the drawing too, not in its invisible text alone.
      expect.soft(found[0]?.ink).toBeGreaterThan(0.02);
      // A page out of sight is drawn, and marked, when it comes into sight.
      if (found.map((each) => each.text).join('') !== text) {
        await page.getByRole('button', { name: 'Next page' }).click();
      }
      await expect.poll(async () => (await marked(page)).map((each) => each.text).join('')).toBe(text);
    }
  });
}

const region = (page: Page) => page.getByRole('region', { name: /^Pages of/ });
const firstCard = (page: Page) => page.getByRole('button', { name: /^Passage 1:/ });

test('from a passage to its page and back, by hand and by key', async ({ page, host }) => {
  await open(page, host);
  await add(page, fixture('report.pdf'));
  await search(page, 'Who found the error?');
  let reads = 0;
  await page.exposeFunction('countRead', () => reads++);
  await page.evaluate(() => {
    const { arrayBuffer } = Blob.prototype;
    Blob.prototype.arrayBuffer = function () {
      (globalThis as unknown as { countRead: () => void }).countRead();
      return arrayBuffer.call(this);
    };
  });

  await firstCard(page).press('Enter');
  await drawn(page);
  await expect(region(page)).toBeFocused();
  await page.getByRole('button', { name: 'Back to the answer' }).click();
  await expect(firstCard(page)).toBeFocused();
  await expect(region(page)).toBeVisible();

  const second = page.getByRole('button', { name: /^Passage 2:/ });
  await second.click();
  await drawn(page);
  expect(reads, 'another passage of the same document reads its file again').toBe(1);
  await page.getByLabel('Page', { exact: true }).fill('1');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Page 1 of')).toBeVisible();
  await page.getByLabel('Page', { exact: true }).fill('99');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Page', { exact: true })).toHaveValue('1');

  const width = () =>
    page
      .locator('.pdfViewer .page')
      .first()
      .evaluate((each) => each.clientWidth);
  const fitted = await width();
  await page.getByRole('button', { name: 'Larger' }).click();
  await expect.poll(width).toBeGreaterThan(fitted);
  await page.getByRole('button', { name: 'Fit the width' }).click();
  await expect.poll(width).toBe(fitted);

  await page.keyboard.press('Escape');
  await expect(region(page)).toBeHidden();
  await expect(second).toBeFocused();
  // Nothing of the document stays: its worker ends.
  const workers = () => page.workers().filter((worker) => worker.url().includes('pdf.worker')).length;
  await expect.poll(workers).toBe(0);
});

test('of a long document only the pages near the one in sight are drawn', async ({ page, host }) => {
  await open(page, host);
  await add(page, fixture('thirty-pages.pdf'));
  await page.getByRole('button', { name: 'Open “thirty-pages.pdf”' }).click();
  await drawn(page);
  for (const number of [5, 10, 15, 20, 25, 30]) {
    await page.getByLabel('Page', { exact: true }).fill(String(number));
    await page.keyboard.press('Enter');
    await expect(page.locator(`.page[data-page-number="${number}"] canvas`)).toBeVisible();
  }
  expect(await page.locator('.pdfViewer .page').count()).toBe(30);
  expect(await page.locator('.pdfViewer canvas').count()).toBeLessThan(13);
});

test('the words looked for in a document are counted and walked through', async ({ page, host }) => {
  await open(page, host);
  await add(page, fixture('chinese.pdf'));
  await page.getByRole('button', { name: 'Open “chinese.pdf”' }).click();
  await drawn(page);
  const counted = await page.evaluate(async () => {
    const { pdf } = await quire.source.openPdf();
    let total = 0;
    for (let number = 1; number <= pdf.numPages; number++) {
      const { items } = await (await pdf.getPage(number)).getTextContent();
      total +=
        items
          .map((item) => ('str' in item ? item.str : ''))
          .join('')
          .split('茶厂').length - 1;
    }
    return total;
  });
  expect(counted).toBeGreaterThan(3);
  await page.getByRole('button', { name: 'Find in this document' }).click();
  const field = page.getByRole('textbox', { name: 'Find in this document' });
  await field.fill('茶厂');
  await expect(page.getByText(`1 of ${counted}`)).toBeVisible();
  await expect(page.locator('.textLayer .highlight.selected')).toHaveText('茶厂');
  await page.getByRole('button', { name: 'Next place' }).click();
  await expect(page.getByText(`2 of ${counted}`)).toBeVisible();
  await page.getByRole('button', { name: 'Previous place' }).click();
  await field.press('Shift+Enter');
  await expect(page.getByText(`${counted} of ${counted}`)).toBeVisible();
  await expect(page.getByText('Page 3 of 3')).toBeVisible();
  await field.fill('灯塔');
  await expect(page.getByText('Not found')).toBeVisible();
  await field.press('Escape');
  await expect(field).toBeHidden();
  await expect(page.locator('.textLayer .highlight')).toHaveCount(0);
  await expect(region(page)).toBeVisible();
});

test('what cannot be located is not marked but said', async ({ page, host }) => {
  await open(page, host);
  await add(page, fixture('report.pdf'));
  await search(page, 'Who found the error?');
  await page.evaluate(() => {
    const passage = quire.conversation.turns.at(-1)?.passages[0];
    if (!passage) throw new Error('no passage');
    const chunk = { ...passage.chunk, text: 'These words stand nowhere. Nor do these.' };
    quire.source.showPassage({ ...passage, chunk }, { start: 27, end: 40 }, { turnId: '', elementId: '' });
  });
  await drawn(page);
  await expect(page.getByText('The passage could not be marked on this page.')).toBeVisible();
  await expect(page.getByRole('complementary').getByText('Nor do these.')).toBeVisible();
  expect(await marked(page)).toEqual([]);
  await expect(page.locator('.pdfViewer canvas').first()).toBeVisible();

  await firstCard(page).click();
  await drawn(page);
  await expect(page.getByText('The passage could not be marked on this page.')).toBeHidden();
  expect(await marked(page)).not.toEqual([]);
});

test('a document runs nothing, sends nothing and leads nowhere outside itself', async ({
  page,
  context,
  host,
}) => {
  await open(page, host);
  await add(page, fixture('linked.pdf'));
  await page.getByRole('button', { name: 'Open “linked.pdf”' }).click();
  await drawn(page);
  const outward = page.locator('.annotationLayer a').first();
  await expect(outward).toHaveAttribute('title', LINKED_TO);
  await outward.click();
  await outward.click({ button: 'middle' });
  await expect(page.locator('.annotationLayer input, .annotationLayer textarea')).toHaveCount(0);
  expect(page.url()).toBe(host.url);
  expect(context.pages()).toHaveLength(1);
  await page.locator('.annotationLayer a').nth(1).click();
  await expect(page.getByText('Page 2 of 2')).toBeVisible();
  expect(context.pages()).toHaveLength(1);
});

test('a turn is copied with its sources, a conversation saved in both forms', async ({
  page,
  context,
  host,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page, host);
  await add(page, fixture('report.pdf'));
  await search(page, 'Who found the error?');
  await page.getByRole('button', { name: 'Copy with sources' }).click();
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toMatch(
    /^## Who found the error\?\n\n\*\*Passages\*\*\n\n- \[1\] report\.pdf, page \d: “.+”\n/,
  );

  const saved = async (item: string) => {
    await page.getByRole('button', { name: 'Menu' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: item }).click(),
    ]);
    return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') };
  };
  const markdown = await saved('Export as Markdown');
  expect(markdown.name).toMatch(/^quire-\d{4}-\d\d-\d\d-Who-found-the-error\.md$/);
  expect(markdown.text).toContain(copied);
  const json = await saved('Export as JSON');
  expect(json.name).toMatch(/-Who-found-the-error\.json$/);
  const record = v.parse(ConversationExport, JSON.parse(json.text));
  expect(record.turns).toMatchObject([{ question: 'Who found the error?', answer: null }]);
});
