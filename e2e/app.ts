import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, chromium, expect, type BrowserContext, type Page } from '@playwright/test';
import type { AppState } from '../src/state/context.ts';
import { chromiumArgs, findChromium } from '../scripts/chromium.mjs';
import { serve, type Host, type HostOptions } from './serve.ts';

declare global {
  /** Set by src/main.ts: the state the page shows. */
  var quire: AppState;
}

export const SMALL_MODEL = 'smollm2-135m-instruct-q4_1';
export const fixture = (name: string) => `e2e/fixtures/out/${name}`;

interface Fixtures {
  /** A browser profile on disk, unlike Playwright's own, which are incognito. */
  readonly context: BrowserContext;
  readonly host: Host;
  readonly hostOptions: HostOptions;
  /** Requests to another origin: each was aborted, and one left in here fails the test. */
  readonly strays: string[];
}

/** Every test: its own host and profile, and no request to anywhere else. */
export const test = base.extend<Fixtures>({
  hostOptions: [{}, { option: true }],
  host: async ({ hostOptions }, use) => {
    const host = await serve(hostOptions);
    await use(host);
    await host.close();
  },
  strays: async ({}, use) => {
    const strays: string[] = [];
    await use(strays);
    expect(strays, 'requests to another origin').toEqual([]);
  },
  context: async ({ host, strays, serviceWorkers }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'quire-e2e-'));
    const executablePath = findChromium();
    const context = await chromium.launchPersistentContext(folder, {
      ...(executablePath ? { executablePath } : {}),
      // No name but ours is looked up, whoever asks: pages, workers, the browser itself.
      args: [...chromiumArgs, '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost'],
      locale: 'en-US',
      ...(serviceWorkers ? { serviceWorkers } : {}),
    });
    const origin = new URL(host.url).origin;
    context.on('request', (request) => {
      const url = request.url();
      if (/^https?:/.test(url) && new URL(url).origin !== origin) strays.push(url);
    });
    await use(context);
    await context.close();
    rmSync(folder, { recursive: true, force: true });
  },
  page: async ({ context }, use) => {
    await use(context.pages()[0] ?? (await context.newPage()));
  },
});

/** Opens the app and waits until its documents are known. */
export async function open(page: Page, host: Host): Promise<void> {
  await page.goto(host.url);
  await page.waitForFunction(() => 'quire' in globalThis && quire.collection.status.kind === 'ready', null, {
    timeout: 60_000,
  });
}

/** Adds files as a person would, and waits until each is read or has failed. */
export async function add(page: Page, ...files: string[]): Promise<void> {
  await page.locator('input[type=file]').setInputFiles(files);
  await settled(page);
}

export async function settled(page: Page): Promise<void> {
  const over = () => quire.collection.ingestions.list.every(({ status }) => status.kind === 'failed');
  await page.waitForFunction(over, null, { timeout: 120_000 });
}

export async function askFor(page: Page, question: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Question' }).fill(question);
  await page.keyboard.press('Enter');
}

/** Waits for the end of the turn under way. */
export async function answered(page: Page, timeout = 200_000): Promise<void> {
  await page.waitForFunction(() => ['idle', 'failed'].includes(quire.conversation.status.kind), null, {
    timeout,
  });
}

/** Fetches a language model from the host and loads it. */
export async function useModel(page: Page, id: string): Promise<void> {
  await page.evaluate(async (modelId) => {
    await quire.models.choose(modelId);
    void quire.models.download(modelId);
  }, id);
  await page.waitForFunction(() => ['ready', 'failed'].includes(quire.models.chosen.status.kind), null, {
    timeout: 200_000,
  });
  expect(await page.evaluate(() => quire.models.chosen.status.kind)).toBe('ready');
}

/** Kinds of failure of the files that could not be read, by name. */
export async function failures(page: Page): Promise<Record<string, string>> {
  return page.evaluate(() =>
    Object.fromEntries(
      quire.collection.ingestions.list.map(({ name, status }) => [
        name,
        status.kind === 'failed' ? status.failure.kind : status.kind,
      ]),
    ),
  );
}

export { expect };
