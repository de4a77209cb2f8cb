import type { LoadOptions } from '../../src/generation/language-model.ts';
import { complete } from './complete.ts';
import { Engine } from './engine.ts';

/** Two threads must be this much faster than one to be worth a core. */
const WORTH_IT = 1.15;
/**
 * Read one after the other; the first ones bring the engine's code to full speed. They differ
 * from their first words on, since what two prompts share is not read again, and an own system
 * message keeps the template from adding its long default.
 */
const PROBES = ['Birds', 'Ships', 'Lamps'].map((subject) => [
  { role: 'system' as const, content: `${subject} are listed here.` },
  { role: 'user' as const, content: 'north east south west '.repeat(10) },
]);

/**
 * Starts the engine with the number of threads that is fastest on this machine now: threads
 * spin at barriers, so on a busy machine more of them are slower. Without isolation there is
 * only one to choose from; a number remembered from before is used unmeasured.
 */
export async function chooseThreads(
  files: readonly File[],
  options: LoadOptions,
  signal: AbortSignal,
): Promise<{ started: Engine; threads: number }> {
  const start = (threads: number) => Engine.start(files, { ...options, threads });
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
  await single.stop();
  signal.throwIfAborted();
  const engine = await start(many);
  if ((await prefillSpeed(engine, signal)) > singleSpeed * WORTH_IT)
    return { started: engine, threads: many };
  await engine.stop();
  return { started: await start(1), threads: 1 };
}

/** Tokens read per ms, of the last probe. */
async function prefillSpeed(engine: Engine, signal: AbortSignal): Promise<number> {
  let speed = 0;
  for (const probe of PROBES) {
    for await (const event of complete(engine, probe, 0, signal)) {
      if (event.kind !== 'finished') continue;
      const { promptTokens, cachedTokens, prefillMs } = event.timings;
      speed = (promptTokens - cachedTokens) / prefillMs;
    }
  }
  return speed;
}
