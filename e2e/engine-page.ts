import type { Page } from '@playwright/test';
import { engineSettings } from '../workers/language-model/engine-settings.ts';
import { serve, type Host } from './serve.ts';

/** The engine of wllama's package with its cache of f16, or the one of `engine/` as the app sets it. */
export type WasmEngine = 'stock' | 'ours';

/** What an engine is to do: write after a prompt, always the likeliest token. */
export interface Task {
  /** A path in the checkout, below `public/models` or `e2e/fixtures/out`. */
  readonly model: string;
  readonly threads: number;
  readonly prompt: string;
  /** Tokens to write. */
  readonly tokens: number;
  /** Read and gone on from with a few tokens first, unmeasured: the browser compiles hot code anew. */
  readonly warmUp?: string;
  /** Whether to stop a second reading of the prompt, too. */
  readonly stop?: boolean;
  /** Whether to tell the likeliest tokens, which takes time of its own. */
  readonly candidates?: boolean;
}

/** The likeliest tokens at one place with their logarithmic probabilities, the likeliest first. */
export type Candidates = readonly (readonly [token: string, logprob: number])[];

/** Times in ms. Writing counts from the first token, which comes with reading. */
export interface Outcome {
  readonly loadMs: number;
  readonly promptTokens: number;
  readonly prefillMs: number;
  readonly writtenTokens: number;
  readonly decodeMs: number;
  /** From a stop amid reading until the engine is free; null when not asked for. */
  readonly stopMs: number | null;
  readonly text: string;
  /** Of each token written, when asked for. */
  readonly candidates: readonly Candidates[];
}

export const CONTEXT_LENGTH = 2048;
export const WARM_UP_TOKENS = 4;
export const CANDIDATES = 5;

/**
 * An isolated host of an empty page, wllama's package, both engines and the models.
 * @param wasm what to serve in place of our engine's
 */
export function serveEngines(wasm?: Buffer): Promise<Host> {
  return serve({
    folders: {
      'wllama/': 'node_modules/@wllama/wllama/esm',
      'engine/': 'engine',
      'public/models/': 'public/models',
      'e2e/fixtures/out/': 'e2e/fixtures/out',
    },
    override: (path, _request, response) => {
      const page = '<!doctype html><title>Engines</title>';
      if (path === 'index.html') response.writeHead(200, { 'content-type': 'text/html' }).end(page);
      else if (wasm && path === 'engine/wllama.wasm')
        response.writeHead(200, { 'content-type': 'application/wasm' }).end(wasm);
      else return false;
      return true;
    },
  });
}

/** Runs a task in a page of `serveEngines()`, with an engine loaded for it alone. */
export async function runInPage(page: Page, host: Host, engine: WasmEngine, task: Task): Promise<Outcome> {
  await page.goto(host.url);
  // tsx names inner functions through a helper that the page does not have.
  await page.evaluate('globalThis.__name = (value) => value');
  const settings = {
    ...engineSettings(CONTEXT_LENGTH, task.threads),
    ...(engine === 'stock' && { cache_type_k: 'f16', cache_type_v: 'f16' }),
  };
  return page.evaluate(runTask, {
    engine,
    task,
    settings,
    warmUpTokens: WARM_UP_TOKENS,
    logprobs: task.candidates ? CANDIDATES : null,
  });
}

/** What is used of wllama's types, which the page gets at run time. */
interface Completion {
  choices: { text: string; logprobs: { content: { top_logprobs: Candidate[] }[] } | null }[];
  timings: { prompt_n: number; prompt_ms: number; predicted_n: number; predicted_ms: number };
}
interface Candidate {
  token: string;
  logprob: number;
}
interface Wllama {
  getWorkerResources(): object;
  loadModel(files: Blob[], settings: object): Promise<void>;
  createCompletion(options: object): Promise<Completion>;
}

/** Runs in the page: everything it uses is in its argument. */
async function runTask(given: {
  engine: WasmEngine;
  task: Task;
  settings: object;
  warmUpTokens: number;
  logprobs: number | null;
}): Promise<Outcome> {
  /** Into reading, in ms: some tens of tokens. */
  const AMID = 400;
  const { engine, task, settings, warmUpTokens, logprobs } = given;
  const at = (path: string) => new URL(path, location.href).href;
  const { Wllama } = (await import(at('wllama/index.js'))) as {
    Wllama: new (paths: object, options: object) => Wllama;
  };
  // On the disk, where the app has it.
  const path = task.model.replaceAll('/', '-');
  const root = await navigator.storage.getDirectory();
  const handle = await root.getFileHandle(path, { create: true });
  if ((await handle.getFile()).size === 0) {
    const { body } = await fetch(at(task.model));
    await body?.pipeTo(await handle.createWritable());
  }
  const file = await handle.getFile();
  const glue = await (await fetch(at('engine/wllama.js'))).text();
  const channel = new BroadcastChannel('engine');
  channel.onmessage = () => channel.postMessage({ kind: 'files', files: [file], paths: [path] });
  class OwnWllama extends Wllama {
    override getWorkerResources() {
      const code = `const HOST_CHANNEL = "engine";\n${glue}`;
      return { wasmPath: at('engine/wllama.wasm'), jsPath: { code }, compat: true };
    }
  }
  const Engine = engine === 'ours' ? OwnWllama : Wllama;
  const wllama = new Engine({ default: at('wllama/wasm/wllama.wasm') }, { suppressNativeLog: true });
  if (task.threads > 1 && !crossOriginIsolated) throw new Error('Threads need isolation.');
  let completions = 0;
  const write = (prompt: string, tokens: number, abortSignal?: AbortSignal) => {
    completions++;
    return wllama.createCompletion({
      prompt,
      max_tokens: tokens,
      temperature: 0,
      cache_prompt: false,
      ...(logprobs !== null && { logprobs }),
      ...(abortSignal && { abortSignal }),
    });
  };
  const timeToStop = async () => {
    const controller = new AbortController();
    const reading = write(task.prompt, task.tokens, controller.signal).then(
      () => Promise.reject(new Error('It was not stopped.')),
      () => performance.now(),
    );
    await new Promise((resolve) => setTimeout(resolve, AMID));
    const stopped = performance.now();
    channel.postMessage({ kind: 'stop', completion: completions });
    controller.abort();
    return (await reading) - stopped;
  };

  const begun = performance.now();
  await wllama.loadModel([file], settings);
  const loadMs = performance.now() - begun;
  channel.postMessage({ kind: 'loaded' });
  if (task.warmUp) await write(task.warmUp, warmUpTokens);
  const { choices, timings } = await write(task.prompt, task.tokens);
  const [choice] = choices;
  return {
    loadMs,
    promptTokens: timings.prompt_n,
    prefillMs: timings.prompt_ms,
    writtenTokens: timings.predicted_n,
    decodeMs: timings.predicted_ms,
    stopMs: task.stop ? await timeToStop() : null,
    text: choice?.text ?? '',
    candidates: (choice?.logprobs?.content ?? []).map(({ top_logprobs }) =>
      top_logprobs.map(({ token, logprob }) => [token, logprob] as const),
    ),
  };
}
