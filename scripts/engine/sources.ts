import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as tar from 'tar';
import { npmPack } from '../models/client.ts';
import { inputs } from './inputs.ts';
import { output, run } from './process.ts';

/** The folder of wllama's package: its CMakeLists.txt and cpp/ are what is built. */
const WLLAMA = 'node_modules/@wllama/wllama';

/** The sources as their makers ship them: llama.cpp as a folder beside wllama's own files. */
export async function fetchSources(target: string): Promise<void> {
  checkWllama();
  if (existsSync(target)) return checkCommit(target);
  const unfinished = `${target}.part`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  await npmPack(inputs.llamaPackage, unfinished);
  const tarball = readdirSync(unfinished).find((name) => name.endsWith('.tgz'));
  if (!tarball) throw new Error('npm brought nothing');
  const bundle = `package/${inputs.llamaBundle}`;
  await tar.extract({ file: join(unfinished, tarball), cwd: unfinished }, [bundle]);
  run('git', ['clone', '--quiet', join(unfinished, bundle), join(unfinished, 'llama.cpp')]);
  rmSync(join(unfinished, tarball));
  rmSync(join(unfinished, 'package'), { recursive: true });
  checkCommit(unfinished);
  for (const name of ['CMakeLists.txt', 'cpp'])
    cpSync(join(WLLAMA, name), join(unfinished, name), { recursive: true });
  renameSync(unfinished, target);
}

/** Makes the tree that is built: a copy of the sources, made once and patched in place. */
export function copySources(sources: string, tree: string): void {
  if (existsSync(tree)) return;
  const unfinished = `${tree}.part`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(dirname(tree), { recursive: true });
  cpSync(sources, unfinished, { recursive: true, preserveTimestamps: true });
  renameSync(unfinished, tree);
}

function checkWllama(): void {
  const { name, version } = JSON.parse(readFileSync(join(WLLAMA, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
  };
  const installed = `${name}@${version}`;
  if (installed !== inputs.wllamaPackage)
    throw new Error(`${installed} is installed, the engine is made for ${inputs.wllamaPackage}.`);
}

function checkCommit(sources: string): void {
  const commit = output('git', ['rev-parse', 'HEAD'], { cwd: join(sources, 'llama.cpp') }).trim();
  if (commit !== inputs.llamaCommit) throw new Error(`llama.cpp is at ${commit}, not ${inputs.llamaCommit}.`);
}
