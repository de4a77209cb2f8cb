import ortGlue from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import ortWasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import { env, pipeline, Tensor, type FeatureExtractionPipeline } from '@huggingface/transformers';
import * as v from 'valibot';
import { FailureError } from '../../src/domain/failure.ts';
import type { EmbeddingModelSpec } from '../../src/domain/model-spec.ts';
import { unitMeans } from './unit-means.ts';

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
if (wasm) wasm.wasmPaths = { mjs: ortGlue, wasm: ortWasm };

const Inputs = v.looseObject({ attention_mask: v.instance(Tensor) });
const Outputs = v.looseObject({ last_hidden_state: v.instance(Tensor) });
const Mask = v.pipe(
  v.instance(BigInt64Array),
  v.transform((mask) => Uint8Array.from(mask, Number)),
);
const States = v.instance(Float32Array);

/** One embedding model, loaded. */
export class EmbeddingModel {
  private constructor(
    private readonly spec: EmbeddingModelSpec,
    private readonly extract: FeatureExtractionPipeline,
  ) {}

  /**
   * @param threads it computes with; what the first model of a worker gets holds for all
   * @throws FailureError `model-rejected` when the runtime refuses the files
   */
  static async load(
    spec: EmbeddingModelSpec,
    modelFiles: ReadonlyMap<string, Blob>,
    threads: number,
  ): Promise<EmbeddingModel> {
    for (const [path, blob] of modelFiles) files.set(`/${spec.id}/${path}`, blob);
    if (wasm) wasm.numThreads = threads;
    try {
      const extract = await pipeline('feature-extraction', spec.id, { dtype: 'q8', device: 'wasm' });
      return new EmbeddingModel(spec, extract);
    } catch (error) {
      throw new FailureError({ kind: 'model-rejected', modelId: spec.id }, { cause: error });
    } finally {
      for (const path of modelFiles.keys()) files.delete(`/${spec.id}/${path}`);
    }
  }

  /** See `EmbeddingService.countTokens`. */
  countTokens(texts: readonly string[]): number[] {
    const { tokenizer } = this.extract;
    return texts.map((text) => tokenizer.encode(text, { add_special_tokens: false }).length);
  }

  /**
   * See `EmbeddingService.embed`. The pipeline's own mean asks the mask for every number of every
   * token: 0.4 s for 30,000 tokens, some 3 % of the whole.
   */
  async embed(texts: readonly string[]): Promise<Float32Array> {
    const { tokenizer, model } = this.extract;
    const inputs = v.parse(Inputs, tokenizer([...texts], { padding: true, truncation: true }));
    const { last_hidden_state: states } = v.parse(Outputs, await model(inputs));
    const mask = v.parse(Mask, inputs.attention_mask.data);
    const longest = mask.length / texts.length;
    const lengths = texts.map((_, row) =>
      this.spec.pooling === 'cls' ? 1 : mask.subarray(row * longest, (row + 1) * longest).lastIndexOf(1) + 1,
    );
    return unitMeans(v.parse(States, states.data), lengths, this.spec.dimension);
  }
}
