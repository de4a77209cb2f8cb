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
  /**
   * Of a WebAssembly engine: its memory at the end, which never shrinks. Of native llama.cpp: what its
   * process holds more than before it loaded the model, the pages of the model's file included.
   */
  readonly memoryBytes: number;
  readonly text: string;
  /** Of each token written, when asked for. */
  readonly candidates: readonly Candidates[];
}

export const CONTEXT_LENGTH = 2048;
export const WARM_UP_TOKENS = 4;
export const CANDIDATES = 5;
