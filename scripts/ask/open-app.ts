import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { preview } from 'vite';
import { chromiumArgs, findChromium } from '../chromium.mjs';

export interface OpenApp {
  readonly page: Page;
  readonly close: () => Promise<void>;
}

/**
 * The built app in a headless Chromium, on an address of its own: always the same one, since a
 * kept profile belongs to it.
 * @param profile a folder to keep the profile in; without it nothing is kept
 */
export async function openApp(profile: string | undefined): Promise<OpenApp> {
  if (!existsSync('dist/index.html')) throw new Error('The app is not built. Run `npm run build` first.');
  const executablePath = findChromium();
  if (!executablePath)
    throw new Error('No Chromium was found. `npm test` installs one; or set CHROMIUM_PATH.');
  const server = await preview({ preview: { port: 4273, strictPort: true }, logLevel: 'silent' });
  const folder = profile ?? mkdtempSync(join(tmpdir(), 'quire-'));
  const context = await chromium.launchPersistentContext(folder, { executablePath, args: chromiumArgs });
  const close = async () => {
    await context.close();
    await server.close();
    if (!profile) rmSync(folder, { recursive: true, force: true });
  };
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    const url = server.resolvedUrls?.local[0] ?? 'http://localhost:4273/';
    await forgetShell(page, url);
    await page.goto(url);
    await page.waitForFunction(() => 'quire' in globalThis);
    return { page, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A kept profile would go on with the build that its service worker has cached. */
async function forgetShell(page: Page, origin: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'service_workers,cache_storage' });
  await session.detach();
}
