import type { CompletionTimings } from '../generation/language-model.ts';

/** What several completions took together. */
export class CompletionCost {
  #sum: CompletionTimings = {
    promptTokens: 0,
    cachedTokens: 0,
    prefillMs: 0,
    completionTokens: 0,
    decodeMs: 0,
  };

  get sum(): CompletionTimings {
    return this.#sum;
  }

  add(timings: CompletionTimings): void {
    this.#sum = {
      promptTokens: this.#sum.promptTokens + timings.promptTokens,
      cachedTokens: this.#sum.cachedTokens + timings.cachedTokens,
      prefillMs: this.#sum.prefillMs + timings.prefillMs,
      completionTokens: this.#sum.completionTokens + timings.completionTokens,
      decodeMs: this.#sum.decodeMs + timings.decodeMs,
    };
  }

  /** Ms that reading and writing so many tokens will take at the rates measured so far. */
  estimate(readTokens: number, writtenTokens: number): number {
    const { promptTokens, cachedTokens, prefillMs, completionTokens, decodeMs } = this.#sum;
    const perRead = prefillMs / Math.max(1, promptTokens - cachedTokens);
    return readTokens * perRead + (writtenTokens * decodeMs) / Math.max(1, completionTokens);
  }
}
