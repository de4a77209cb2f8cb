import { spawn } from 'node:child_process';

/** A package client that has not finished by then is ended, in ms. */
const CLIENT_LIMIT = 30 * 60_000;
const MISSING = /is not installed|No module named pip|not recognized|was not found/;

/** Packs a package of the npm registry into `folder`; nothing of it is installed or run. */
export async function npmPack(requirement: string, folder: string): Promise<void> {
  const patience = ['--fetch-retries=1', '--fetch-retry-mintimeout=1000', '--fetch-timeout=60000'];
  const args = ['pack', '--ignore-scripts', ...patience, '--pack-destination', folder, requirement];
  await run('npm', ['--loglevel=error', ...args]);
}

/** Downloads a wheel into `folder`, with whichever pip there is; nothing of it is installed or run. */
export async function pipDownload(requirement: string, folder: string): Promise<void> {
  const patience = ['--retries', '1', '--timeout', '10'];
  const args = ['download', '--no-deps', '--only-binary', ':all:', '--disable-pip-version-check'];
  const pips: [string, ...string[]][] = [['python3', '-m', 'pip'], ['python', '-m', 'pip'], ['pip']];
  for (const [command, ...module] of pips) {
    try {
      await run(command, [...module, ...args, ...patience, '--dest', folder, requirement], true);
      return;
    } catch (error) {
      if (!(error instanceof Error && MISSING.test(error.message))) throw error;
    }
  }
  throw new Error('Python with pip is not installed');
}

/** Runs a client to its end; `chatty` ones may draw their own progress on a terminal. */
function run(command: string, args: readonly string[], chatty = false): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: ['ignore', chatty && process.stdout.isTTY ? 'inherit' : 'ignore', 'pipe'],
      timeout: CLIENT_LIMIT,
      shell: process.platform === 'win32',
    });
    let errors = '';
    child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
    child.on('error', () => reject(new Error(`${command} is not installed`)));
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(reasonIn(errors) ?? `${command} failed`));
    });
  });
}

/** The line that says why: the last error, without advice and where logs are kept. */
function reasonIn(errors: string): string | undefined {
  const lines = errors
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^npm warn|^\[notice\]|A complete log/i.test(line));
  return lines.findLast((line) => /^error|^npm err/i.test(line)) ?? lines.at(-1);
}
