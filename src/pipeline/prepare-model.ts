import type { EmbeddingModelSpec } from '../domain/model-spec.ts';
import type { Retriever } from '../retrieval/retriever.ts';
import type { DownloadProgress, ModelStore } from '../storage/model-store.ts';

/** What making an embedding model ready takes. */
export interface ModelStages {
  readonly modelStore: ModelStore;
  readonly retriever: Retriever;
  /** Absolute, with a trailing slash: where the models lie on this host. */
  readonly modelsUrl: string;
}

/**
 * Makes an embedding model ready in the retriever, fetching its files first when they are not
 * stored yet: 23 MB that everything else needs.
 * @throws FailureError what `ModelStore.download` and `Retriever.load` throw
 */
export async function* prepareModel(
  spec: EmbeddingModelSpec,
  stages: ModelStages,
  signal: AbortSignal,
): AsyncGenerator<DownloadProgress> {
  let files = await stages.modelStore.open(spec);
  if (!files) {
    yield* stages.modelStore.download(spec, stages.modelsUrl, signal);
    files = await stages.modelStore.open(spec);
  }
  signal.throwIfAborted();
  await stages.retriever.load(spec, files ?? new Map());
}
