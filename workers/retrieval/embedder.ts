import ortGlue from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import ortWasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import { env, pipeline, type FeatureExtractionPipeline } from '@huggingface/transformers';
import { FailureError } from '../../src/domain/failure.ts';
import type { EmbeddingModelSpec } from '../../src/domain/model-spec.ts';
import type { EmbeddedBatch } from '../../src/retrieval/retriever.ts';
import { rounded } from './rounded-vectors.ts';

/**
 * Tokens (padding included) in one run of the model. Measured with two threads: 512 and 1,024 are
 * equal, 2,048 is some 8 % slower (its activations leave the cache), one text a run 10 to 20 %.
 */
const BATCH_TOKENS = 1024;

/** Files of every model given so far, by the URL path transformers.js asks for. */
const files = new Map<string, Blob>();

env.allowRemoteModels = false;
env.allowLocalModels = true;
env.localModelPath = '/';
env.useBrowserCache = false;
env.useWasmCache = false;
// The runtime gets its files from here and from nowhere else.
env.fetch = (input: string | URL | globalThis.Request) => {
  const path = String(input instanceof Request ? input.url : input).replace(/^\w+:\/\/[^/]*/, '');
  const file = files.get(path);
  return Promise.resolve(file ? new Response(file) : new Response(null, { status: 404 }));
};
const wasm = env.backends.onnx.wasm;
if (wasm) {
  wasm.wasmPaths = { mjs: ortGlue, wasm: ortWasm };
  wasm.numThreads = self.crossOriginIsolated ? Math.min(4, navigator.hardwareConcurrency) : 1;
}

/** One embedding model, loaded. */
export class Embedder {
  private constructor(
    readonly spec: EmbeddingModelSpec,
    private readonly extract: FeatureExtractionPipeline,
  ) {}

  /** @throws FailureError `model-rejected` when the runtime refuses the files */
  static async load(spec: EmbeddingModelSpec, modelFiles: ReadonlyMap<string, Blob>): Promise<Embedder> {
    for (const [path, blob] of modelFiles) files.set(`/${spec.id}/${path}`, blob);
    try {
      const extract = await pipeline('feature-extraction', spec.id, { dtype: 'q8', device: 'wasm' });
      return new Embedder(spec, extract);
    } catch (error) {
      throw new FailureError({ kind: 'model-rejected', modelId: spec.id }, { cause: error });
    } finally {
      for (const path of modelFiles.keys()) files.delete(`/${spec.id}/${path}`);
    }
  }

  /** Length of `text` in tokens, without the special ones. */
  countTokens(text: string): number {
    return this.extract.tokenizer.encode(text, { add_special_tokens: false }).length;
  }

  /** Unit vectors, length texts.length × dimension; texts are cut at the model's 512 tokens. */
  async vectors(texts: readonly string[]): Promise<Float32Array> {
    const output = await this.extract([...texts], { pooling: this.spec.pooling, normalize: true });
    return Float32Array.from(output.data as Float32Array);
  }

  /** The vector a question is searched by. */
  question(text: string): Promise<Float32Array> {
    return this.vectors([this.spec.queryPrefix + text]);
  }

  /** Embeds `texts` in batches of alike length, so that little is spent on padding. */
  async *batches(texts: readonly string[], signal: AbortSignal): AsyncGenerator<EmbeddedBatch> {
    const lengths = texts.map((text) => this.countTokens(text));
    const order = texts.map((_, index) => index).sort((a, b) => (lengths[b] ?? 0) - (lengths[a] ?? 0));
    for (let start = 0; start < order.length;) {
      signal.throwIfAborted();
      const longest = lengths[order[start] ?? 0] ?? 0;
      const size = Math.max(1, Math.floor(BATCH_TOKENS / (longest + 2)));
      const indices = order.slice(start, start + size);
      const vectors = await this.vectors(indices.map((index) => texts[index] ?? ''));
      yield { indices, vectors: rounded(vectors, this.spec.dimension) };
      start += size;
    }
  }
}
