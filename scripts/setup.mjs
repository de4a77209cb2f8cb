// Makes a bare clone ready: packages, messages and, with --browser, a Chromium to drive.
// Plain JavaScript, since nothing is installed when it begins.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const STAMP = 'node_modules/.installed-lock';

/** @param {string} command @param {string[]} args */
function run(command, args) {
  console.log(`+ ${[command, ...args].join(' ')}`);
  execFileSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' });
}

function installPackages() {
  const lock = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === lock) return;
  run('npm', ['ci']);
  writeFileSync(STAMP, lock);
}

/** Playwright's own Chromium, or the system's where that download is not to be had. */
async function installBrowser() {
  const { findChromium } = await import('./chromium.mjs');
  if (findChromium()) return;
  try {
    run('npx', ['playwright', 'install', '--with-deps', 'chromium']);
  } catch {
    console.log("Playwright's Chromium cannot be had; installing the system's.");
    run('apt-get', ['update']);
    run('apt-get', ['install', '--yes', '--no-install-recommends', 'chromium', 'fonts-noto-cjk']);
  }
  if (!findChromium()) throw new Error('No Chromium was found. Set CHROMIUM_PATH to one, then try again.');
}

installPackages();
run('npx', [
  'paraglide-js',
  'compile',
  '--project',
  './project.inlang',
  '--outdir',
  './src/paraglide',
  '--silent',
]);
if (process.argv.includes('--browser')) await installBrowser();
