import { add, answered, expect, fixture, open, SMALL_MODEL, test, useModel } from './app.ts';

test('the prompt of a question is read while it is typed, unless switched off', async ({ page, host }) => {
  await open(page, host);
  await add(page, fixture('report.pdf'));
  await useModel(page, SMALL_MODEL);
  const field = page.getByRole('textbox', { name: 'Question' });
  const cachedShare = async () => {
    await page.keyboard.press('Enter');
    await answered(page);
    const timings = await page.evaluate(() => quire.conversation.turns.at(-1)?.answer?.timings);
    return (timings?.cachedTokens ?? NaN) / (timings?.promptTokens ?? NaN);
  };

  await field.pressSequentially('How many visitors came to the reading room in the year of', { delay: 40 });
  await page.waitForTimeout(8_000); // the writer thinks
  await field.pressSequentially(' the report?', { delay: 40 });
  expect(await cachedShare()).toBeGreaterThan(0.7);

  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Read ahead while I type' }).click();
  await page.keyboard.press('Escape');
  await page.evaluate(() => quire.conversation.startNew());
  await field.pressSequentially('Who built the new sluice gate?', { delay: 40 });
  await page.waitForTimeout(4_000);
  expect(await cachedShare()).toBeLessThan(0.7);
});
