import { FailureError } from '../src/domain/failure.ts';
import { serve } from '../src/rpc/serve.ts';
import { EmbeddingModel } from './embedding/embedding-model.ts';
import type { EmbeddingService } from './embedding/embedding-service.ts';

const models = new Map<string, EmbeddingModel>();

function model(modelId: string): EmbeddingModel {
  const loaded = models.get(modelId);
  if (!loaded) throw new FailureError({ kind: 'model-missing', modelId });
  return loaded;
}

const service: EmbeddingService = {
  async load(spec, files, threads) {
    models.set(spec.id, await EmbeddingModel.load(spec, files, threads));
  },
  countTokens: (modelId, texts) => Promise.resolve(model(modelId).countTokens(texts)),
  embed: (modelId, texts) => model(modelId).embed(texts),
};

serve(service, self);
