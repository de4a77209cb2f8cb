import { add, answered, askFor, expect, fixture, open, SMALL_MODEL, test, useModel } from './app.ts';

test('a whole document is summed up section by section, and what is there is kept', async ({
  page,
  host,
}) => {
  test.setTimeout(600_000);
  await open(page, host);
  await add(page, fixture('report.pdf'), fixture('columns.pdf'));

  // Without a language model: passages, and what is missing.
  await askFor(page, 'Summarise columns.pdf');
  await answered(page);
  await expect(page.getByText('a language model is needed')).toBeVisible();

  await useModel(page, SMALL_MODEL);
  await askFor(page, 'Summarise columns.pdf');
  await answered(page);
  const turn = page.getByRole('article').last();
  await expect(turn.getByText('Asked of: columns.pdf')).toBeVisible();
  await expect(turn.getByTestId('answer')).toHaveAttribute('data-status', 'complete');
  await expect(turn.getByTestId('answer')).toContainText(/^- p\. 1/m);
  const names = await page.evaluate(() =>
    quire.conversation.turns.at(-1)?.passages.map(({ documentName }) => documentName),
  );
  expect(new Set(names)).toEqual(new Set(['columns.pdf']));

  // Stopped in the middle: the lines that are finished stay.
  await askFor(page, 'Summarise report.pdf');
  await expect(turn.getByTestId('answer')).toContainText('p. 1', { timeout: 120_000 });
  await expect(turn.getByText(/^Reading section \d+ of \d+, about/)).toBeVisible();
  await page.getByRole('button', { name: 'Stop' }).click();
  await answered(page);
  await expect(turn.getByTestId('answer')).toHaveAttribute('data-status', 'interrupted');
  await expect(turn.getByTestId('answer')).toContainText(/\d+ of \d+ sections were read\.$/);
  await expect(turn.getByRole('button', { name: 'Continue' })).toHaveCount(0);

  await page.reload();
  await turn
    .getByTestId('answer')
    .getByRole('button', { name: /^Passage \d/ })
    .first()
    .click();
  await expect(page.getByText('Page 1 of')).toBeVisible();
});
