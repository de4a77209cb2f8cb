import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { figure, repeat, type Figure } from './figures.ts';

/** What the page loads before it paints, and when it paints with everything cached. */
export async function pageFigures(page: Page, runs: number): Promise<Figure[]> {
  await cacheShell(page);
  const paints = await repeat(runs, () => firstPaint(page));
  return [
    figure('first-paint', 'First contentful paint, warm service worker', 'ms', paints, '≤ 1,000 ms'),
    figure('script-size', 'JavaScript before first paint, gzipped', 'KB', [scriptSize() / 1000], '≤ 150 KB'),
  ];
}

/** Waits until the service worker has the whole app. */
async function cacheShell(page: Page): Promise<void> {
  const reply = await page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    return new Promise<string>((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }: MessageEvent<{ type: string }>) => resolve(data.type);
      active?.postMessage({ type: 'CACHE_SHELL' }, [port2]);
    });
  });
  if (reply !== 'CACHED') throw new Error('The service worker could not cache the app.');
}

async function firstPaint(page: Page): Promise<number> {
  await page.reload();
  const paint = await page.waitForFunction(() => {
    const controlled = navigator.serviceWorker.controller !== null;
    return controlled && performance.getEntriesByName('first-contentful-paint')[0]?.startTime;
  });
  const time = await paint.jsonValue();
  await page.waitForFunction(() => quire.collection.status.kind === 'ready');
  return Number(time);
}

/** Bytes of the scripts index.html asks for, each gzipped: the entry and its static imports. */
function scriptSize(): number {
  const html = readFileSync('dist/index.html', 'utf8');
  const tags = html.match(/<(?:script|link)\b[^>]*>/g) ?? [];
  const paths = tags
    .filter((tag) => /^<script|rel="modulepreload"/.test(tag))
    .flatMap((tag) => /(?:src|href)="([^"]+)"/.exec(tag)?.[1] ?? []);
  return paths.reduce((sum, path) => sum + gzipSync(readFileSync(join('dist', path))).length, 0);
}
