import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inputs } from '../../scripts/engine/inputs.ts';
import { cacheFolder } from '../../scripts/models/cache.ts';
import {
  CANDIDATES,
  CONTEXT_LENGTH,
  WARM_UP_TOKENS,
  type Candidates,
  type Outcome,
  type Task,
} from '../engine-task.ts';

/** The client that has not finished by then is ended, in ms. */
const CLIENT_LIMIT = 10 * 60_000;

/** What is used of node-llama-cpp, which is fetched at run time. */
interface Package {
  getLlama(options: object): Promise<{ loadModel(options: object): Promise<Model> }>;
}
interface Model {
  tokenize(text: string): number[];
  detokenize(tokens: number[]): string;
  createContext(options: object): Promise<{ getSequence(): Sequence; dispose(): Promise<void> }>;
  dispose(): Promise<void>;
}
interface Sequence {
  clearHistory(): Promise<void>;
  evaluateWithMetadata(
    tokens: number[],
    metadata: { probabilities?: boolean },
    options: { temperature: number },
  ): AsyncGenerator<{ token: number; probabilities?: Map<number, number> }>;
}

/** Runs a task with llama.cpp compiled for this machine, loaded for it alone. */
export type NativeEngine = (task: Task) => Promise<Outcome>;

/**
 * The llama.cpp of the release our engine is made of, as node-llama-cpp's makers compiled it for
 * this machine's CPU; fetched once into the cache folder.
 * @throws Error when npm cannot bring it, or it does not run here
 */
export async function nativeEngine(): Promise<NativeEngine> {
  const module = join(fetchPackage(), 'node_modules/node-llama-cpp/dist/index.js');
  const { getLlama } = (await import(pathToFileURL(module).href)) as Package;
  const llama = await getLlama({ gpu: false, build: 'never', skipDownload: true, logLevel: 'error' });
  return async (task) => {
    const before = process.memoryUsage.rss();
    const begun = performance.now();
    const model = await llama.loadModel({ modelPath: task.model, gpuLayers: 0 });
    try {
      const context = await model.createContext(settings(task.threads));
      const loadMs = performance.now() - begun;
      const sequence = context.getSequence();
      if (task.warmUp) await write(model, sequence, task.warmUp, WARM_UP_TOKENS);
      await sequence.clearHistory();
      const written = await write(model, sequence, task.prompt, task.tokens, task.candidates);
      return { ...written, loadMs, memoryBytes: process.memoryUsage.rss() - before };
    } finally {
      await model.dispose();
    }
  };
}

/** As our engine is set, but for the batch, which is llama.cpp's own. */
function settings(threads: number): object {
  return {
    contextSize: CONTEXT_LENGTH,
    threads,
    flashAttention: true,
    experimentalKvCacheKeyType: 'Q8_0',
    experimentalKvCacheValueType: 'Q8_0',
  };
}

async function write(
  model: Model,
  sequence: Sequence,
  prompt: string,
  count: number,
  withCandidates = false,
): Promise<Omit<Outcome, 'loadMs' | 'memoryBytes'>> {
  const read = model.tokenize(prompt);
  const written: number[] = [];
  const candidates: Candidates[] = [];
  const begun = performance.now();
  let first = begun;
  const metadata = { probabilities: withCandidates };
  for await (const next of sequence.evaluateWithMetadata(read, metadata, { temperature: 0 })) {
    if (written.length === 0) first = performance.now();
    written.push(next.token);
    if (next.probabilities) candidates.push(likeliest(model, next.probabilities));
    if (written.length === count) break;
  }
  return {
    promptTokens: read.length,
    prefillMs: first - begun,
    writtenTokens: written.length,
    decodeMs: performance.now() - first,
    stopMs: null,
    text: model.detokenize(written),
    candidates,
  };
}

function likeliest(model: Model, probabilities: Map<number, number>): Candidates {
  return [...probabilities]
    .slice(0, CANDIDATES)
    .map(([token, probability]) => [model.detokenize([token]), Math.log(probability)]);
}

/** The folder where npm put it, nothing of it run; of its compiled parts the one for this machine. */
function fetchPackage(): string {
  const [name = '', version = ''] = inputs.llamaPackage.split('@');
  const folder = join(cacheFolder(), 'native', version);
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}.part`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  writeFileSync(join(unfinished, 'package.json'), '{ "private": true }\n');
  const compiled = `@node-llama-cpp/${platformName()}@${version}`;
  const flags = ['--ignore-scripts', '--omit=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  execFileSync('npm', ['install', ...flags, `${name}@${version}`, compiled], {
    cwd: unfinished,
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: CLIENT_LIMIT,
  });
  renameSync(unfinished, folder);
  return folder;
}

/** As node-llama-cpp names its packages. */
function platformName(): string {
  const { platform, arch } = process;
  if (platform === 'darwin') return arch === 'arm64' ? 'mac-arm64-metal' : 'mac-x64';
  return `${platform === 'win32' ? 'win' : platform}-${arch}`;
}
