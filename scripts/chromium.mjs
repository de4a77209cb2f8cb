import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

const SYSTEM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** @returns {string | undefined} the Chromium to drive: the one asked for, Playwright's, the system's */
export function findChromium() {
  const asked = process.env['CHROMIUM_PATH'];
  return [asked, chromium.executablePath(), ...SYSTEM].find((path) => path && existsSync(path));
}

/** Keeps Chromium from calling home; a root user cannot have its sandbox. */
export const chromiumArgs = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];
