import { add, answered, askFor, expect, fixture, open, test, useModel } from './app.ts';

const DEFAULT_MODEL = 'qwen2.5-coder-0.5b-instruct-q4_k_m';

test('a question is answered with a citation, and everything is there again offline', async ({
  page,
  context,
  host,
}) => {
  test.setTimeout(900_000);
  await open(page, host);
  await page.getByRole('button', { name: 'Sample in English' }).first().click();
  await page.waitForFunction(() => quire.collection.documents.length === 1, null, { timeout: 120_000 });
  await add(page, fixture('report.pdf'));

  // Evidence comes before any language model is there.
  await askFor(page, 'In which month and year was the first Fresnel lens lit?');
  await expect(page.getByRole('list', { name: 'Passages' }).getByRole('listitem').first()).toContainText(
    'Cordouan',
  );
  await answered(page);
  await useModel(page, DEFAULT_MODEL);

  await askFor(page, 'In which lighthouse was the first Fresnel lens lit?');
  await answered(page, 400_000);
  const answer = page.getByTestId('answer').last();
  await expect(answer).toHaveAttribute('data-status', 'complete');
  await expect(answer).toContainText(/Cordouan/i);
  const cited = await page.evaluate(() => {
    const turn = quire.conversation.turns.at(-1);
    const number = turn?.answer?.citations.find(({ passage }) => passage !== null)?.passage;
    const passage = turn?.passages.find((each) => each.number === number);
    return { page: passage?.chunk.spans[0]?.page, document: passage?.documentName };
  });
  expect(cited).toEqual({ page: 4, document: 'field-guide.pdf' });
  await page
    .getByRole('article')
    .last()
    .getByRole('button', { name: /^Passage \d/ })
    .last()
    .click();
  await expect(page.getByText('Page 4 of 7')).toBeVisible();

  // The same passages again: only the question is new to the model.
  await page.evaluate(() => quire.conversation.again(quire.conversation.turns.at(-1)?.id ?? ''));
  await page.getByRole('button', { name: 'Stop' }).waitFor();
  await answered(page, 400_000);
  const timings = await page.evaluate(() => quire.conversation.turns.at(-1)?.answer?.timings);
  expect(timings?.cachedTokens).toBeGreaterThan((timings?.promptTokens ?? 0) / 2);

  // Offline: no network and no host.
  await page.locator('html[data-offline=ready]').waitFor();
  await host.close();
  await context.setOffline(true);
  await page.reload();
  await page.waitForFunction(() => 'quire' in globalThis && quire.collection.status.kind === 'ready', null, {
    timeout: 60_000,
  });
  await expect(page.getByTestId('answer').last()).toContainText(/Cordouan/i);
  await askFor(page, 'What is the light source of a lighthouse lens?');
  await answered(page, 400_000);
  await expect(page.getByTestId('answer')).toHaveCount(2);
  await expect(page.getByTestId('answer').last()).toHaveText(/\w/);
});
