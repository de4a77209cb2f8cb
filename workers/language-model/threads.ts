import type { Wllama } from '@wllama/wllama';
import type { LoadOptions } from '../../src/generation/language-model.ts';
import { complete } from './complete.ts';
import { startEngine, stopEngine } from './engine.ts';

/** Two threads must be this much faster than one to be worth a core. */
const WORTH_IT = 1.15;
/** An own system message keeps the template from adding its long default. */
const PROBE = [
  { role: 'system' as const, content: 'Be brief.' },
  { role: 'user' as const, content: 'Hello' },
];

/**
 * Starts the engine with the number of threads that is fastest on this machine now: threads
 * spin at barriers, so on a busy machine more of them are slower. Without isolation there is
 * only one to choose from; a number remembered from before is used unmeasured.
 */
export async function chooseThreads(
  files: readonly Blob[],
  options: LoadOptions,
  signal: AbortSignal,
): Promise<{ started: Wllama; threads: number }> {
  const start = (threads: number) => startEngine(files, { ...options, threads });
  if (!self.crossOriginIsolated) return { started: await start(1), threads: 1 };
  // Half the cores, at least two of them: hyper-threads do not help.
  const many = Math.min(navigator.hardwareConcurrency, Math.max(2, navigator.hardwareConcurrency >> 1));
  if (options.threads !== null || many === 1) {
    const threads = Math.min(options.threads ?? 1, navigator.hardwareConcurrency);
    return { started: await start(threads), threads };
  }
  // One first: where many win, as on most machines, the winner is loaded already.
  const single = await start(1);
  const singleSpeed = await prefillSpeed(single, signal);
  await stopEngine(single);
  signal.throwIfAborted();
  const engine = await start(many);
  if ((await prefillSpeed(engine, signal)) > singleSpeed * WORTH_IT)
    return { started: engine, threads: many };
  await stopEngine(engine);
  return { started: await start(1), threads: 1 };
}

/** Tokens read per ms, of a short prompt. */
async function prefillSpeed(engine: Wllama, signal: AbortSignal): Promise<number> {
  for await (const event of complete(engine, PROBE, 0, signal)) {
    if (event.kind === 'finished') return event.timings.promptTokens / event.timings.prefillMs;
  }
  return 0;
}
