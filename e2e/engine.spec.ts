import { expect, test } from '@playwright/test';
import { runInPage, serveEngines } from './engine-page.ts';
import { difference, readReference, TOLERANCE } from './fixtures/engine-reference.ts';

for (const threads of [1, 2])
  test(`our engine on ${String(threads)} thread(s) writes what native llama.cpp writes`, async ({ page }) => {
    const host = await serveEngines();
    try {
      const { model, prompt, promptTokens, text, candidates } = readReference();
      const tokens = candidates.length;
      const outcome = await runInPage(page, host, 'ours', {
        model,
        threads,
        prompt,
        tokens,
        candidates: true,
      });
      expect(outcome.promptTokens).toBe(promptTokens);
      expect(outcome.text).toBe(text);
      const { partsAt, logprobs } = difference(candidates, outcome.candidates);
      expect(partsAt).toBeUndefined();
      expect(logprobs).toBeLessThan(TOLERANCE);
    } finally {
      await host.close();
    }
  });
