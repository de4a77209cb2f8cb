import type { Page } from '@playwright/test';
import { add, answered, askFor, expect, fixture, open, test } from './app.ts';
import { bare, marked } from './marked.ts';

/** Waits until the page beside is drawn. */
async function drawn(page: Page): Promise<void> {
  await expect(page.getByRole('region', { name: /^Pages of/ })).toHaveAttribute('aria-busy', 'false');
}

/** The decisive sentence of a passage of the last turn. */
function sentence(page: Page, number: number): Promise<{ text: string; page: number; name: string }> {
  return page.evaluate((wanted) => {
    const passage = quire.conversation.turns.at(-1)?.passages.find((each) => each.number === wanted);
    if (!passage?.highlight) throw new Error(`Passage ${wanted} has no decisive sentence`);
    const { chunk, highlight, documentName } = passage;
    const text = chunk.text.slice(highlight.start, highlight.end);
    return { text, page: chunk.spans[0]?.page ?? 0, name: documentName };
  }, number);
}

async function openPassage(page: Page, number: number): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^Passage ${number}:`) }).last().click();
  await drawn(page);
}

const KINDS = [
  { file: 'report.pdf', question: 'Who found the error?' },
  { file: 'columns.pdf', question: 'What is described here?' },
  { file: 'rotated.pdf', question: 'Who is the pilot of the ferry to Grebe Point?' },
  { file: 'chinese.pdf', question: '谁当选为茶厂的新任厂长？' },
];

for (const { file, question } of KINDS) {
  test(`the sentence of each passage of ${file} is marked on its page`, async ({ page, host }) => {
    await open(page, host);
    await add(page, fixture(file));
    await askFor(page, question);
    await answered(page);
    const more = page.getByRole('button', { name: /^Show \d+ more passage/ });
    if (await more.isVisible()) await more.click();
    const count = await page.evaluate(() => quire.conversation.turns.at(-1)?.passages.length ?? 0);
    expect(count).toBeGreaterThan(0);
    for (let number = 1; number <= count; number++) {
      const expected = await sentence(page, number);
      await openPassage(page, number);
      const [first, ...others] = await marked(page);
      console.log(number, expected.page, expected.text.slice(0, 50), first);
      expect.soft(others).toEqual([]);
      expect.soft(first).toMatchObject({ page: expected.page, text: bare(expected.text), isInSight: true });
      expect.soft(first?.ink).toBeGreaterThan(0.02);
      await page.screenshot({ path: `/tmp/shots/${file}-${number}.png` });
    }
  });
}
