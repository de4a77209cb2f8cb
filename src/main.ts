import { mount } from 'svelte';
import * as v from 'valibot';
import lock from '../models.lock.json';
import { FailureError, toFailure } from './domain/failure.ts';
import { ModelsLock } from './domain/model-spec.ts';
import type { LanguageModel } from './generation/language-model.ts';
import { servedPdfAssets } from './ingestion/pdf-assets.ts';
import { applyUpdate, isolate } from './isolation.ts';
import type { Retriever } from './retrieval/retriever.ts';
import { WorkerConnection } from './rpc/connect.ts';
import { Collection } from './state/collection.svelte.ts';
import type { AppState } from './state/context.ts';
import { ConversationState } from './state/conversation.svelte.ts';
import { Environment } from './state/environment.svelte.ts';
import { Models } from './state/models.svelte.ts';
import { Source } from './state/source.svelte.ts';
import { ConversationStore } from './storage/conversations.ts';
import { openStorage } from './storage/database.ts';
import { DocumentStore } from './storage/documents.ts';
import type { ModelStore } from './storage/model-store.ts';
import { SettingsStore } from './storage/settings.ts';
import App from './ui/App.svelte';
import StartFailure from './ui/StartFailure.svelte';

/** Builds the app from its parts; everything slow begins after the first paint. */
async function start(target: Element): Promise<void> {
  if (!isSecureContext) throw new FailureError({ kind: 'insecure-context' });
  let announceUpdate = () => {};
  const { isolated } = await isolate({
    base: import.meta.env.BASE_URL,
    onUpdate: () => announceUpdate(),
    // Seen by tests, and by whoever wants to know before unplugging.
    onOfflineReady: () => (document.documentElement.dataset['offline'] = 'ready'),
  });
  const { models: specs } = v.parse(ModelsLock, lock);
  const modelsUrl = new URL('models/', document.baseURI).href;

  const database = await openStorage();
  const documents = new DocumentStore(database);
  const settings = new SettingsStore(database);
  const chosen = await settings.read();

  const languageModelWorker = new WorkerConnection(
    'language-model',
    () => new Worker(new URL('../workers/language-model.worker.ts', import.meta.url), { type: 'module' }),
  );
  const retrievalWorker = new WorkerConnection(
    'retrieval',
    () => new Worker(new URL('../workers/retrieval.worker.ts', import.meta.url), { type: 'module' }),
    () => void collection.restore(), // its indexes went with it
  );
  const modelStoreWorker = new WorkerConnection(
    'model-store',
    () => new Worker(new URL('../workers/model-store.worker.ts', import.meta.url), { type: 'module' }),
  );
  const languageModel = languageModelWorker.service<LanguageModel>(['complete']);
  const retriever = retrievalWorker.service<Retriever>(['embed']);
  const modelStore = modelStoreWorker.service<ModelStore>(['download']);

  const models = new Models(
    specs,
    {
      ...{ modelStore, languageModel, settings, modelsUrl },
      language: () => (environment.locale === 'zh-CN' ? 'zh' : 'en'),
    },
    chosen,
  );
  const environment = new Environment(
    isolated,
    {
      database,
      documents,
      settings,
      modelStore,
      specs,
      applyUpdate,
      stopWorkers: () =>
        [languageModelWorker, retrievalWorker, modelStoreWorker].forEach((worker) => worker.terminate()),
    },
    chosen,
  );
  announceUpdate = () => environment.announceUpdate();
  const pdfAssets = servedPdfAssets();
  const collection = new Collection(
    {
      documents,
      retriever,
      modelStore,
      modelsUrl,
      pdfAssets,
      embeddingModel: (language) => models.embeddingModel(language),
    },
    () => void environment.keepStored(),
    () => void models.forgetRead(),
  );
  const conversation = new ConversationState({
    retriever,
    documents,
    conversations: new ConversationStore(database),
    collection,
    models,
    mayReadAhead: () => environment.mayReadAhead,
  });
  const source = new Source(collection, documents, pdfAssets);
  const state: AppState = { collection, conversation, models, source, environment };

  // The handle by which scripts and evals drive the page: the very state it shows.
  Object.assign(globalThis, { quire: state });

  await conversation.restore();
  mount(App, { target, props: { state } });
  requestAnimationFrame(() => {
    void collection.restore();
    void models.restore();
  });
}

const target = document.getElementById('app');
if (!target) throw new TypeError('index.html has no #app');
start(target).catch((error: unknown) =>
  mount(StartFailure, { target, props: { failure: toFailure(error) } }),
);
