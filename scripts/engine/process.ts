import { spawnSync } from 'node:child_process';

interface Options {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs a command to its end, its output on ours. */
export function run(command: string, args: readonly string[], options: Options = {}): void {
  const { error, status } = spawnSync(command, args, { stdio: 'inherit', ...options });
  if (error) throw new Error(`${command} is not installed`, { cause: error });
  if (status !== 0) throw new Error(`${command} ${args[0] ?? ''} failed`);
}

/** What a command prints. */
export function output(command: string, args: readonly string[], options: Options = {}): string {
  const { error, status, stdout } = spawnSync(command, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
    ...options,
  });
  if (error) throw new Error(`${command} is not installed`, { cause: error });
  if (status !== 0) throw new Error(`${command} ${args[0] ?? ''} failed`);
  return stdout;
}
