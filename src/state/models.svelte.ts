import { isAbort, toFailure, type Failure, FailureError } from '../domain/failure.ts';
import type { EmbeddingModelSpec, LanguageModelSpec, ModelSpec } from '../domain/model-spec.ts';
import type { LanguageModel } from '../generation/language-model.ts';
import { systemMessage } from '../generation/prompt.ts';
import type { Language } from '../domain/source-document.ts';
import type { ModelStore } from '../storage/model-store.ts';
import type { Settings, SettingsStore } from '../storage/settings.ts';
import { DownloadRate } from './download-rate.ts';

export type ModelStatus =
  | { readonly kind: 'absent' }
  | {
      readonly kind: 'downloading';
      readonly receivedBytes: number;
      readonly totalBytes: number;
      readonly bytesPerSecond: number | null;
      readonly secondsLeft: number | null;
    }
  | { readonly kind: 'paused'; readonly receivedBytes: number; readonly totalBytes: number }
  | { readonly kind: 'stored' }
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly threads: number }
  | { readonly kind: 'failed'; readonly failure: Failure };

export interface ModelEntry<Spec extends ModelSpec = ModelSpec> {
  readonly spec: Spec;
  readonly status: ModelStatus;
}

export interface ModelsStages {
  readonly modelStore: ModelStore;
  readonly languageModel: LanguageModel;
  readonly settings: SettingsStore;
  /** Absolute, with a trailing slash. */
  readonly modelsUrl: string;
  /** Which questions are probably asked in. */
  readonly language: () => Language;
}

/** The models on offer: fetched, kept, and the chosen language model loaded. */
export class Models {
  #statuses: Record<string, ModelStatus> = $state.raw({});
  #chosenId: string = $state('');
  #restored: Promise<void> = Promise.resolve();
  #downloads = new Map<string, AbortController>();
  /** The load under way or done, of the chosen model. */
  #loading: { modelId: string; done: Promise<LanguageModel>; stop: AbortController } | null = null;

  constructor(
    private readonly specs: readonly ModelSpec[],
    private readonly stages: ModelsStages,
    settings: Settings,
  ) {
    const first = this.#languageSpecs().find((spec) => spec.default) ?? this.#languageSpecs()[0];
    const wanted = this.#languageSpecs().find((spec) => spec.id === settings.languageModelId) ?? first;
    if (!wanted) throw new TypeError('models.lock.json lists no language model');
    this.#chosenId = wanted.id;
  }

  get languageModels(): readonly ModelEntry<LanguageModelSpec>[] {
    return this.#languageSpecs().map((spec) => ({ spec, status: this.#status(spec.id) }));
  }
  get embeddingModels(): readonly ModelEntry<EmbeddingModelSpec>[] {
    return this.specs
      .filter((spec) => spec.purpose === 'embedding')
      .map((spec) => ({ spec, status: this.#status(spec.id) }));
  }
  get chosen(): ModelEntry<LanguageModelSpec> {
    const entry = this.languageModels.find(({ spec }) => spec.id === this.#chosenId);
    if (!entry) throw new TypeError(`${this.#chosenId} is not in models.lock.json`);
    return entry;
  }
  /** True when a question would be answered by the chosen model, be it loaded or not yet. */
  get canAnswer(): boolean {
    return ['stored', 'loading', 'ready'].includes(this.chosen.status.kind);
  }

  /** The chosen language model when it can be asked at once, else null. */
  get loaded(): LanguageModel | null {
    return this.chosen.status.kind === 'ready' ? this.stages.languageModel : null;
  }

  embeddingModel(language: Language): EmbeddingModelSpec {
    const spec = this.embeddingModels.find((entry) => entry.spec.languages.includes(language))?.spec;
    if (!spec) throw new TypeError(`models.lock.json lists no embedding model for ${language}`);
    return spec;
  }

  /** Settles when it is known what is stored. */
  get restored(): Promise<void> {
    return this.#restored;
  }

  /** Reads what is stored, and loads the chosen model when it is. */
  async restore(): Promise<void> {
    this.#restored = Promise.all(this.specs.map((spec) => this.#inspect(spec))).then(() => {});
    await this.#restored;
    if (this.canAnswer) this.languageModel().catch(() => {}); // shown by its status
  }

  async choose(modelId: string): Promise<void> {
    if (modelId === this.#chosenId) return;
    await this.unload();
    this.#chosenId = modelId;
    await this.stages.settings.update({ languageModelId: modelId });
    if (this.canAnswer) this.languageModel().catch(() => {}); // shown by its status
  }

  /** Fetches a model, going on where it stopped; a language model is then loaded. */
  async download(modelId: string): Promise<void> {
    const spec = this.#spec(modelId);
    if (this.#downloads.has(modelId)) return;
    const controller = new AbortController();
    this.#downloads.set(modelId, controller);
    const rate = new DownloadRate();
    try {
      const { modelStore, modelsUrl } = this.stages;
      for await (const progress of modelStore.download(spec, modelsUrl, controller.signal)) {
        this.#set(modelId, { kind: 'downloading', ...progress, ...rate.after(progress) });
      }
      this.#set(modelId, { kind: 'stored' });
      if (modelId === this.#chosenId) this.languageModel().catch(() => {}); // shown by its status
    } catch (error) {
      if (isAbort(error)) await this.#inspect(spec);
      else this.#set(modelId, { kind: 'failed', failure: toFailure(error) });
    } finally {
      this.#downloads.delete(modelId);
    }
  }

  pause(modelId: string): void {
    this.#downloads.get(modelId)?.abort();
  }

  async remove(modelId: string): Promise<void> {
    this.pause(modelId);
    if (modelId === this.#chosenId) {
      await this.unload();
      await this.forgetRead();
    }
    await this.stages.modelStore.remove(this.#spec(modelId));
    this.#set(modelId, { kind: 'absent' });
  }

  /**
   * The chosen language model, loaded; a load that failed is tried again.
   * @throws FailureError what `LanguageModel.load` throws, `model-missing`
   */
  languageModel(): Promise<LanguageModel> {
    const { spec } = this.chosen;
    if (this.#loading?.modelId === spec.id) return this.#loading.done;
    const stop = new AbortController();
    const loading = { modelId: spec.id, stop, done: this.#load(spec, stop.signal) };
    this.#loading = loading;
    loading.done.catch((error: unknown) => {
      if (this.#loading === loading) this.#loading = null;
      if (!isAbort(error)) this.#set(spec.id, { kind: 'failed', failure: toFailure(error) });
    });
    return loading.done;
  }

  /** The engine is gone: the next question loads it again. */
  forgetLoaded(): void {
    this.#loading = null;
    if (this.chosen.status.kind === 'ready') this.#set(this.#chosenId, { kind: 'stored' });
  }

  /** Of what the language model has read, nothing stays on the disk. */
  async forgetRead(): Promise<void> {
    try {
      await this.stages.languageModel.forget();
    } catch (error) {
      console.warn('what the language model read could not be deleted', error);
    }
  }

  async unload(): Promise<void> {
    if (!this.#loading) return;
    this.#loading.stop.abort();
    await this.stages.languageModel.unload();
    this.forgetLoaded();
  }

  async #load(spec: LanguageModelSpec, signal: AbortSignal): Promise<LanguageModel> {
    const { modelStore, languageModel } = this.stages;
    const files = await modelStore.open(spec);
    if (!files) throw new FailureError({ kind: 'model-missing', modelId: spec.id });
    this.#set(spec.id, { kind: 'loading' });
    const { threads, isRestored } = await languageModel.load(
      [...files.values()],
      { modelId: spec.id, contextLength: spec.contextLength },
      signal,
    );
    this.#set(spec.id, { kind: 'ready', threads });
    if (!isRestored) void this.#readAhead(languageModel, signal);
    return languageModel;
  }

  /** Reads the system text, which every prompt begins with, while nobody waits for it. */
  async #readAhead(model: LanguageModel, signal: AbortSignal): Promise<void> {
    const messages = [systemMessage(this.stages.language()), { role: 'user' as const, content: '' }];
    try {
      for await (const _ of model.complete(messages, 0, signal));
    } catch (error) {
      // The first question reads it instead, and reports what is wrong.
      if (!isAbort(error)) console.warn('reading ahead failed', error);
    }
  }

  async #inspect(spec: ModelSpec): Promise<void> {
    const { bytes, whole } = await this.stages.modelStore.inspect(spec);
    const totalBytes = spec.files.reduce((sum, file) => sum + file.bytes, 0);
    if (whole) this.#set(spec.id, { kind: 'stored' });
    else if (bytes > 0) this.#set(spec.id, { kind: 'paused', receivedBytes: bytes, totalBytes });
    else this.#set(spec.id, { kind: 'absent' });
  }

  #languageSpecs(): LanguageModelSpec[] {
    return this.specs.filter((spec) => spec.purpose === 'language-model');
  }
  #spec(modelId: string): ModelSpec {
    const spec = this.specs.find(({ id }) => id === modelId);
    if (!spec) throw new TypeError(`${modelId} is not in models.lock.json`);
    return spec;
  }
  #status(modelId: string): ModelStatus {
    return this.#statuses[modelId] ?? { kind: 'absent' };
  }
  #set(modelId: string, status: ModelStatus): void {
    this.#statuses = { ...this.#statuses, [modelId]: status };
  }
}
