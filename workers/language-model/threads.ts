import type { CompletionTimings, Message } from '../../src/generation/language-model.ts';
import { complete } from './complete.ts';
import type { Engine } from './engine.ts';

/** An answer whose tokens took this many times as long as when its threads were chosen has lost its cores. */
const FALLEN = 3;
/** Tokens that a probe writes: a third of a second on one thread. */
const PROBE_TOKENS = 5;

/** Half the cores, at least two of them if there are: hyper-threads do not help. Without isolation one. */
export function mostThreads(): number {
  const cores = navigator.hardwareConcurrency;
  return self.crossOriginIsolated ? Math.min(cores, Math.max(2, cores >> 1)) : 1;
}

/**
 * Sets with how many of its threads an engine computes. They wait for each other some hundred times a
 * token, so on a busy machine more of them are slower than one, up to twenty times.
 */
export class ThreadChoice {
  /** Ms a token took with the threads chosen, when they were. */
  #chosenPace = Infinity;

  constructor(
    private readonly engine: Pick<Engine, 'chat' | 'threads' | 'timings'>,
    private readonly most: number,
  ) {}

  /** Whether to measure again after the last completion: its cores were taken, or may be free again. */
  get isDoubtful(): boolean {
    return this.engine.threads < this.most || pace(this.engine.timings) > FALLEN * this.#chosenPace;
  }

  /**
   * Has one thread and then all of them write a few tokens, the latter no longer than the one took: reading,
   * which waits less, gains more by them. When this is stopped, one thread stays chosen.
   * @param messages kept in the KV cache; those of the last completion are there already
   */
  async measure(messages: readonly Message[], signal: AbortSignal): Promise<void> {
    const { engine, most } = this;
    engine.threads = 1;
    if (most === 1) return;
    await this.#write(messages, 1, signal); // what is read here, the probes find in the cache
    const begun = performance.now();
    this.#chosenPace = await this.#write(messages, PROBE_TOKENS, signal);
    const enough = AbortSignal.timeout(Math.ceil(performance.now() - begun));
    engine.threads = most;
    try {
      this.#chosenPace = await this.#write(messages, PROBE_TOKENS, AbortSignal.any([signal, enough]));
    } catch (error) {
      engine.threads = 1;
      signal.throwIfAborted();
      if (!enough.aborted) throw error;
    }
  }

  async #write(messages: readonly Message[], tokens: number, signal: AbortSignal): Promise<number> {
    for await (const _ of complete(this.engine, messages, tokens, signal));
    return pace(this.engine.timings);
  }
}

/** Ms a token took to write; the first comes with reading. */
function pace({ completionTokens, decodeMs }: CompletionTimings): number {
  return completionTokens > 1 ? decodeMs / (completionTokens - 1) : 0;
}
