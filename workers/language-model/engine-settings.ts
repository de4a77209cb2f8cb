/**
 * Tokens read between two looks at the stop signal; with it come progress and a quick stop. Each
 * row of weights is unpacked once for all of them: one thread reads the default model at 37
 * tokens/s with 16, 48 with 32, 54 with 128.
 */
const BATCH = 32;

/** What wllama's `loadModel()` is given. The benchmark and the engine's test give it the same. */
export function engineSettings(contextLength: number, threads: number) {
  return {
    n_ctx: contextLength,
    n_threads: threads,
    n_batch: BATCH,
    n_ubatch: BATCH,
    n_parallel: 1,
    n_gpu_layers: 0,
    flash_attn: true,
    cache_type_k: 'q8_0',
    cache_type_v: 'q8_0',
    // Does nothing but cost a prefill of two tokens.
    warmup: false,
  } as const;
}
