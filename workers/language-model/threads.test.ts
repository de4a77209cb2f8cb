import { beforeEach, expect, test } from 'vitest';
import type { Engine } from './engine.ts';
import { ThreadChoice } from './threads.ts';

const RATES = {
  prompt_per_token_ms: 1,
  prompt_per_second: 1,
  predicted_per_token_ms: 1,
  predicted_per_second: 1,
};
const CHUNK = { id: '', object: 'chat.completion.chunk' as const, created: 0, model: '' };

/** An engine of four threads; how long a token takes with so many of them, in ms, is `pace`. */
class Machine implements Pick<Engine, 'chat' | 'threads' | 'timings'> {
  threads = 4;
  timings = { promptTokens: 0, cachedTokens: 0, prefillMs: 0, completionTokens: 0, decodeMs: 0 };
  pace: (threads: number) => number = () => 0;

  async chat({ max_tokens = 0 }: Parameters<Engine['chat']>[0], signal: AbortSignal) {
    const ms = this.pace(this.threads);
    const over = new Promise<void>((resolve, reject) => {
      if (Number.isFinite(ms)) setTimeout(resolve, ms * max_tokens);
      signal.addEventListener('abort', () => reject(new Error('stopped')));
      if (signal.aborted) reject(new Error('stopped'));
    });
    const measured = { cache_n: 0, prompt_n: 9, prompt_ms: 9, predicted_n: max_tokens, ...RATES };
    return (async function* () {
      await over;
      yield { ...CHUNK, choices: [], timings: { ...measured, predicted_ms: ms * (max_tokens - 1) } };
    })();
  }
}

const nobody = new AbortController().signal;
let machine: Machine;
let choice: ThreadChoice;
beforeEach(() => {
  machine = new Machine();
  choice = new ThreadChoice(machine, 4);
});

async function measured(pace: Machine['pace']): Promise<number> {
  machine.pace = pace;
  await choice.measure([], nobody);
  return machine.threads;
}

test('all threads write when they are faster than one', async () => {
  expect(await measured((threads) => 20 / threads)).toBe(4);
  expect(choice.isDoubtful).toBe(false);
});

test('one thread writes when all get nowhere, and that is doubted', async () => {
  expect(await measured((threads) => (threads === 1 ? 1 : Infinity))).toBe(1);
  expect(choice.isDoubtful).toBe(true);
});

test('threads that take three times as long as when they were chosen are doubted', async () => {
  await measured((threads) => 20 / threads);
  const answer = { ...machine.timings, completionTokens: 11 };
  machine.timings = { ...answer, decodeMs: 14 * 10 };
  expect(choice.isDoubtful).toBe(false);
  machine.timings = { ...answer, decodeMs: 16 * 10 };
  expect(choice.isDoubtful).toBe(true);
});

test('one thread stays chosen when measuring is stopped', async () => {
  machine.pace = () => Infinity;
  const stop = new AbortController();
  const measuring = choice.measure([], stop.signal);
  stop.abort(new DOMException('asked', 'AbortError'));
  await expect(measuring).rejects.toThrow('stopped');
  expect(machine.threads).toBe(1);
});
