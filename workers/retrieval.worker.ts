import type { Chunk } from '../src/domain/chunk.ts';
import { FailureError } from '../src/domain/failure.ts';
import type { EmbeddingModelSpec } from '../src/domain/model-spec.ts';
import type { Retriever } from '../src/retrieval/retriever.ts';
import { serve } from '../src/rpc/serve.ts';
import { Embedder } from './retrieval/embedder.ts';
import { hybridSearch } from './retrieval/hybrid-search.ts';
import { KeywordIndex } from './retrieval/keyword-index.ts';
import { VoyIndex } from './retrieval/voy-index.ts';

/** A load is remembered while it runs and when it worked; a failed one can be tried again. */
const embedders = new Map<string, Promise<Embedder>>();
const indexes = new Map<string, VoyIndex>();
const keywords = new KeywordIndex();
/** Every chunk that is searched, by its id. */
const known = new Map<string, Chunk>();

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
    return (await embedder(modelId)).countTokens(texts);
  },

  async *embed(modelId, texts, signal) {
    yield* (await embedder(modelId)).batches(texts, signal);
  },

  async insert(documentId, modelId, chunks, vectors) {
    const { dimension } = (await embedder(modelId)).spec;
    const index = indexes.get(modelId) ?? new VoyIndex(dimension);
    indexes.set(modelId, index);
    forget(documentId);
    for (const chunk of chunks) known.set(chunk.id, chunk);
    index.insert(documentId, chunks, vectors);
    await keywords.insert(documentId, chunks);
  },

  async remove(documentId) {
    forget(documentId);
    await keywords.remove(documentId);
  },

  async search(question, options) {
    const inUse = [...indexes].filter(([, index]) => index.size > 0);
    const models = await Promise.all(
      inUse.map(async ([modelId, index]) => {
        const model = await embedder(modelId);
        return { index, spec: model.spec, query: await model.question(question) };
      }),
    );
    return hybridSearch(question, options, { models, keywords, known });
  },
};

function forget(documentId: string): void {
  for (const index of indexes.values()) index.remove(documentId);
  for (const [id, chunk] of known) if (chunk.documentId === documentId) known.delete(id);
}

serve(service, self);
