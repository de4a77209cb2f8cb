import type { Page } from '@playwright/test';

declare global {
  /** Set by `longestTask`: the observer, and the longest task it saw, in ms. */
  var longTasks: { observer: PerformanceObserver; longest: number } | undefined;
}

/**
 * The longest task of the main thread while `work` goes on, in ms; 0 when none took 50 ms, from
 * which on browsers report them (the Long Tasks API).
 */
export async function longestTask(page: Page, work: () => Promise<unknown>): Promise<number> {
  await page.evaluate(() => {
    const seen = {
      longest: 0,
      observer: new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) seen.longest = Math.max(seen.longest, duration);
      }),
    };
    seen.observer.observe({ type: 'longtask' });
    globalThis.longTasks = seen;
  });
  await work();
  return page.evaluate(async () => {
    await new Promise((resolve) => setTimeout(resolve, 100)); // entries come after their task
    globalThis.longTasks?.observer.disconnect();
    return globalThis.longTasks?.longest ?? NaN;
  });
}
