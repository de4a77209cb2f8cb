import { FailureError } from '../src/domain/failure.ts';
import type { EmbeddingModelSpec } from '../src/domain/model-spec.ts';
import { fuse } from '../src/retrieval/fuse.ts';
import type { Retriever } from '../src/retrieval/retriever.ts';
import { serve } from '../src/rpc/serve.ts';
import { Embedder } from './retrieval/embedder.ts';
import { VoyIndex } from './retrieval/voy-index.ts';

/** A load is remembered while it runs and when it worked; a failed one can be tried again. */
const embedders = new Map<string, Promise<Embedder>>();
const indexes = new Map<string, VoyIndex>();

function embedder(modelId: string): Promise<Embedder> {
  const loaded = embedders.get(modelId);
  if (!loaded) throw new FailureError({ kind: 'model-missing', modelId });
  return loaded;
}

const service: Retriever = {
  async load(spec: EmbeddingModelSpec, files) {
    const loading = embedders.get(spec.id) ?? Embedder.load(spec, files);
    embedders.set(spec.id, loading);
    await loading.catch((error: unknown) => {
      embedders.delete(spec.id);
      throw error;
    });
  },

  async countTokens(modelId, texts) {
    const loaded = await embedder(modelId);
    return texts.map((text) => loaded.countTokens(text));
  },

  async *embed(modelId, texts, signal) {
    yield* (await embedder(modelId)).batches(texts, signal);
  },

  async insert(documentId, modelId, chunkIds, vectors) {
    const dimension = vectors.length / chunkIds.length;
    const index = indexes.get(modelId) ?? new VoyIndex(dimension);
    indexes.set(modelId, index);
    index.remove(documentId);
    index.insert(documentId, chunkIds, vectors);
  },

  async remove(documentId) {
    for (const index of indexes.values()) index.remove(documentId);
  },

  async search(question, limit) {
    const rankings = [...indexes]
      .filter(([, index]) => index.size > 0)
      .map(async ([modelId, index]) => {
        const model = await embedder(modelId);
        const matches = await index.search(await model.question(question), limit);
        return { matches, unrelatedCosine: model.spec.unrelatedCosine };
      });
    return fuse(await Promise.all(rankings), limit);
  },
};

serve(service, self);
