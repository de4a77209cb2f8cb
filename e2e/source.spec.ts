import type { Page } from '@playwright/test';
import { sentenceRanges } from '../src/domain/sentence-ranges.ts';
import { add, answered, askFor, expect, fixture, open, test } from './app.ts';
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
  return passages.flatMap(({ chunk, documentName }) =>
    sentenceRanges(chunk.text, language).map((range) => ({
      evidence: { chunk, documentName, range },
      text: bare(chunk.text.slice(range.start, range.end)),
    })),
  );
}

const KINDS = [
  { file: 'report.pdf', question: 'Who found the error?', language: 'en' },
  { file: 'columns.pdf', question: 'What do spiders do with their threads?', language: 'en' },
  { file: 'rotated.pdf', question: 'Who is the pilot of the ferry to Grebe Point?', language: 'en' },
  { file: 'chinese.pdf', question: '谁当选为茶厂的新任厂长？', language: 'zh' },
] as const;

for (const { file, question, language } of KINDS) {
  test(`any sentence of ${file} is marked on its page, and nothing else`, async ({ page, host }) => {
    await open(page, host);
    await add(page, fixture(file));
    await search(page, question);
    const all = await sentences(page, language);
    expect(all.length).toBeGreaterThan(5);
    for (const { evidence, text } of all) {
      await page.evaluate((each) => {
        quire.source.showEvidence(each, { turnId: '', elementId: '' });
      }, evidence);
      await drawn(page);
      const found = await marked(page);
      expect.soft(found.map((each) => each.text).join('')).toBe(text);
      expect.soft(found[0]?.isInSight).toBe(true);
      // Letters are under the marks in the drawing too, not in its invisible text alone.
      expect.soft(found[0]?.ink).toBeGreaterThan(0.02);
    }
  });
}
