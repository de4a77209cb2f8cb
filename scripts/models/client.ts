import { spawn } from 'node:child_process';

/** A package client that has not finished by then is ended, in ms. */
const CLIENT_LIMIT = 30 * 60_000;
const MISSING = /is not installed|No module named pip|not recognized|was not found/;

/** pip calls a package missing when it could not even ask for it; only its warnings tell. */
const UNREACHED = /^WARNING: Retrying|code (ECONN|ENOTFOUND|EAI_AGAIN|ETIMEDOUT)|network timeout at/;
const OUT_OF_REACH = 'its registry is out of reach';

/** The clients whose registry did not answer in this run, which are not asked again. */
const outOfReach = new Set<'npm' | 'pip'>();
let npmAnswers = false;

/** Packs a package of the npm registry into `folder`; nothing of it is installed or run. */
export async function npmPack(requirement: string, folder: string): Promise<void> {
  if (outOfReach.has('npm')) throw new Error(OUT_OF_REACH);
  // Asked first, with little patience; a download on a slow line is then given time.
  const patience = ['--fetch-retries=0', '--fetch-timeout=8000'];
  if (!npmAnswers) {
    await run('npm', ['view', '--loglevel=error', ...patience, requirement, 'name']).catch(remember('npm'));
    npmAnswers = true;
  }
  await run('npm', [
    'pack',
    '--loglevel=error',
    '--ignore-scripts',
    '--pack-destination',
    folder,
    requirement,
  ]);
}

/** Downloads a wheel into `folder`, with whichever pip there is; nothing of it is installed or run. */
export async function pipDownload(requirement: string, folder: string): Promise<void> {
  if (outOfReach.has('pip')) throw new Error(OUT_OF_REACH);
  const patience = ['--retries', '1', '--timeout', '8'];
  const args = ['download', '--no-deps', '--only-binary', ':all:', '--disable-pip-version-check'];
  const pips: [string, ...string[]][] = [['python3', '-m', 'pip'], ['python', '-m', 'pip'], ['pip']];
  for (const [command, ...module] of pips) {
    try {
      const download = run(command, [...module, ...args, ...patience, '--dest', folder, requirement], true);
      await download.catch(remember('pip'));
      return;
    } catch (error) {
      if (!(error instanceof Error && MISSING.test(error.message))) throw error;
    }
  }
  throw new Error('Python with pip is not installed');
}

function remember(client: 'npm' | 'pip'): (error: unknown) => never {
  return (error) => {
    if (error instanceof Error && error.message === OUT_OF_REACH) outOfReach.add(client);
    throw error;
  };
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

/** The line that says why: the first error, without codes, advice and where logs are kept. */
function reasonIn(errors: string): string | undefined {
  const lines = errors.split('\n').map((line) => line.trim());
  if (lines.some((line) => UNREACHED.test(line))) return OUT_OF_REACH;
  const reasons = lines.filter((line) => line !== '' && !/^npm warn|^\[notice\]|^WARNING|^note:/i.test(line));
  const first = reasons.find((line) => /^(error:|npm err\S* (?!code|errno|syscall))/i.test(line));
  return (first ?? reasons.at(-1))?.replace(/^(error:|npm err\S*) /i, '');
}
