import { add, answered, askFor, expect, fixture, open, SMALL_MODEL, test, useModel } from './app.ts';

test('stopping keeps what there is, during prefill and while writing', async ({ page, host }) => {
  test.setTimeout(600_000);
  await open(page, host);
  await add(page, fixture('report.pdf'));
  await useModel(page, SMALL_MODEL);

  await askFor(page, 'What does the report say about its subject?');
  await page.waitForFunction(() => quire.conversation.status.kind === 'reading', null, { timeout: 60_000 });
  const started = Date.now();
  await page.getByRole('button', { name: 'Stop' }).click();
  await answered(page);
  expect(Date.now() - started).toBeLessThan(2_000);
  await expect(page.getByRole('list', { name: 'Passages' }).last()).toBeVisible();

  await askFor(page, 'Who wrote the report and what is it about?');
  await page.waitForFunction(() => quire.conversation.status.kind === 'writing', null, { timeout: 200_000 });
  await page.keyboard.press('Escape');
  await answered(page);
  const stopped = page.getByTestId('answer').last();
  await expect(stopped).toHaveAttribute('data-status', 'interrupted');
  await expect(stopped).not.toBeEmpty();

  await page.getByRole('button', { name: 'Continue' }).last().click();
  await page.waitForFunction(() => quire.conversation.status.kind === 'writing', null, { timeout: 200_000 });
  await answered(page);
  await expect(page.getByTestId('answer').last()).not.toHaveAttribute('data-status', 'interrupted');
});

test('a document removed while its answer is written leaves the answer and what it cites', async ({
  page,
  host,
}) => {
  test.setTimeout(600_000);
  await open(page, host);
  await add(page, fixture('report.pdf'));
  await useModel(page, SMALL_MODEL);
  await askFor(page, 'Who built the new sluice gate?');
  await page.waitForFunction(() => quire.conversation.status.kind === 'writing', null, { timeout: 200_000 });
  await page.evaluate(() => quire.collection.remove(quire.collection.documents[0]?.id ?? ''));
  await answered(page);
  await expect(page.getByTestId('answer')).toHaveAttribute('data-status', /complete|length/);
  await expect(page.getByTestId('answer')).not.toBeEmpty();

  await page.getByRole('list', { name: 'Passages' }).getByRole('button').first().click();
  await expect(page.getByText('This document has been removed.')).toBeVisible();
  await page.reload();
  await page.waitForFunction(() => 'quire' in globalThis && quire.collection.status.kind === 'ready');
  await expect(page.getByTestId('answer')).not.toBeEmpty();
});
