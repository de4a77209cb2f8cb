import { FailureError } from '../src/domain/failure.ts';
import type { EmbeddingModelSpec } from '../src/domain/model-spec.ts';
import type { Match, Retriever } from '../src/retrieval/retriever.ts';
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
    const matches: Match[] = [];
    for (const [modelId, index] of indexes) {
      if (index.size === 0) continue;
      matches.push(...(await index.search(await (await embedder(modelId)).question(question), limit)));
    }
    return matches.sort((a, b) => b.score - a.score).slice(0, limit);
  },
};

serve(service, self);
