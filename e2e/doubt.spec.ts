import { add, answered, askFor, expect, fixture, open, SMALL_MODEL, test, useModel } from './app.ts';

const HELD = 'In which lighthouse was the first Fresnel lens lit?';
const NOT_HELD = 'How do I join a Kubernetes cluster with WireGuard?';

test('a question the documents do not answer is refused, and answered anyway only when asked to', async ({
  page,
  host,
}) => {
  test.setTimeout(300_000);
  await open(page, host);
  await page.getByRole('button', { name: 'Sample in English' }).first().click();
  await page.waitForFunction(() => quire.collection.documents.length === 1, null, { timeout: 120_000 });
  const turn = page.getByRole('article').last();

  await askFor(page, HELD);
  await answered(page);
  await expect(turn.getByTestId('doubt')).toHaveCount(0);
  await expect(turn.locator('mark').first()).toContainText('Cordouan');

  // Without a language model it is said as well, and the nearest passages stay.
  await askFor(page, NOT_HELD);
  await answered(page);
  await expect(turn.getByTestId('doubt')).toContainText('the documents don’t answer this');
  await expect(turn.getByRole('list', { name: 'Passages' }).getByRole('listitem')).not.toHaveCount(0);
  await expect(turn.getByRole('button', { name: 'Answer anyway' })).toHaveCount(0);

  await useModel(page, SMALL_MODEL);
  await askFor(page, NOT_HELD);
  await answered(page);
  expect(await page.evaluate(() => quire.conversation.turns.at(-1)?.answer)).toMatchObject({
    status: 'not-found',
    text: '',
  });
  await page.reload();
  await page.waitForFunction(() => 'quire' in globalThis && quire.models.canAnswer);
  await expect(turn.getByTestId('doubt')).toContainText('the documents don’t answer this');

  await turn.getByRole('button', { name: 'Answer anyway' }).click();
  await page.getByRole('button', { name: 'Stop' }).waitFor();
  await answered(page);
  await expect(turn.getByTestId('answer')).not.toBeEmpty();
  await expect(turn.getByTestId('doubt')).toContainText('may not hold this');
});

test('odd questions end with a sentence, and so does one to an empty collection', async ({ page, host }) => {
  test.setTimeout(120_000);
  await open(page, host);
  await page.evaluate(() => quire.conversation.ask('Is there anything?'));
  await answered(page);
  const turn = page.getByRole('article').last();
  await expect(turn).toContainText('No passage fits this question.');

  await add(page, fixture('report.pdf'));
  for (const question of ['🐙', 'Ποιος έχτισε τον φάρο;', 'tides and towers '.repeat(600)]) {
    await askFor(page, question);
    await answered(page);
    expect(await page.evaluate(() => quire.conversation.status.kind)).toBe('idle');
    await expect(turn).toContainText(/passages? in 1 document|No passage fits this question/);
  }
});
