import type { Outcome, Task, WasmEngine } from './engine-task.ts';

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
export async function runTask(given: {
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
  const channel = new BroadcastChannel('engine');
  channel.onmessage = () => channel.postMessage({ kind: 'files', files: [file], paths: [path] });
  // The worker that holds the memory, not the threads, gets wllama's settings as its Module.
  const memoryTeller =
    'if (typeof Module !== "undefined") { const channel = new BroadcastChannel("memory");' +
    'channel.onmessage = () => channel.postMessage(Module.wasmMemory.buffer.byteLength) }\n';
  const glue = await (
    await fetch(at(engine === 'ours' ? 'engine/wllama.js' : 'wllama-glue/wllama.js'))
  ).text();
  class MeasuredWllama extends Wllama {
    override getWorkerResources() {
      if (engine === 'stock') return { ...super.getWorkerResources(), jsPath: { code: memoryTeller + glue } };
      const code = `const HOST_CHANNEL = "engine";\n${memoryTeller}${glue}`;
      return { wasmPath: at('engine/wllama.wasm'), jsPath: { code }, compat: true };
    }
  }
  const wllama = new MeasuredWllama({ default: at('wllama/wasm/wllama.wasm') }, { suppressNativeLog: true });
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
  const memory = () =>
    new Promise<number>((resolve) => {
      const asking = new BroadcastChannel('memory');
      asking.onmessage = ({ data }: MessageEvent<number>) => resolve(data);
      asking.postMessage('ask');
    });

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
    memoryBytes: await memory(),
    text: choice?.text ?? '',
    candidates: (choice?.logprobs?.content ?? []).map(({ top_logprobs }) =>
      top_logprobs.map(({ token, logprob }) => [token, logprob] as const),
    ),
  };
}
