/** A message in the roles that chat templates know. */
export interface Message {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/** What the engine measured while it read the prompt and wrote. */
export interface CompletionTimings {
  /** All tokens of the prompt. */
  readonly promptTokens: number;
  /** Those of them found in the KV cache. */
  readonly cachedTokens: number;
  readonly prefillMs: number;
  readonly completionTokens: number;
  readonly decodeMs: number;
}

export type CompletionEvent =
  /** Tokens of the prompt read so far (the cached ones included) of all. */
  | { readonly kind: 'prefill'; readonly done: number; readonly total: number }
  | { readonly kind: 'token'; readonly text: string }
  /** `length`: the token limit cut the text. */
  | {
      readonly kind: 'finished';
      readonly reason: 'stop' | 'length';
      readonly timings: CompletionTimings;
    };

export interface LoadOptions {
  readonly modelId: string;
  /** Tokens of context. */
  readonly contextLength: number;
}

export interface LoadedModel {
  /** The fastest number at this moment; measured again when the machine gets busy. */
  readonly threads: number;
  /** Tokens of context the engine really has. */
  readonly contextLength: number;
  /** Whether it still holds what it read and wrote before it was last unloaded, be it by a reload. */
  readonly isRestored: boolean;
}

/** PORT, served by `workers/language-model.worker.ts`. One model is loaded at a time. */
export interface LanguageModel {
  /**
   * @param files the GGUF file, in parts when it is split
   * @throws FailureError `model-rejected`, `out-of-memory`, `load-timeout`
   */
  load(files: readonly File[], options: LoadOptions, signal: AbortSignal): Promise<LoadedModel>;
  /**
   * Writes the assistant's next message; a trailing `assistant` message is gone on with.
   * Keeps the prompt's state, so the next prompt is read from the first difference on; over a reload, too.
   * @param maxTokens of the completion; 0 only reads the prompt into the cache
   * @throws FailureError `context-full`, `answer-timeout`, `worker-crashed`
   */
  complete(
    messages: readonly Message[],
    maxTokens: number,
    signal: AbortSignal,
  ): AsyncGenerator<CompletionEvent>;
  /** Deletes what is kept over a reload, once the completion under way has ended. */
  forget(): Promise<void>;
  unload(): Promise<void>;
}
