import { deleteEverything, persist, usage } from '../storage/erase.ts';
import type { Database } from '../storage/database.ts';
import type { DocumentStore } from '../storage/documents.ts';
import type { Settings, SettingsStore } from '../storage/settings.ts';
import type { ModelStore } from '../storage/model-store.ts';
import type { ModelSpec } from '../domain/model-spec.ts';
import { watchPower } from './power.ts';
import { getLocale, isLocale, setLocale, type Locale } from '../paraglide/runtime.js';

export interface Usage {
  readonly documentsBytes: number;
  readonly modelsBytes: number;
  /** The browser's own guess, often far off. */
  readonly freeBytes: number | null;
  /** True when the browser promised not to clear this origin by itself. */
  readonly persisted: boolean;
}

export interface EnvironmentStages {
  readonly database: Database;
  readonly documents: DocumentStore;
  readonly settings: SettingsStore;
  readonly modelStore: ModelStore;
  readonly specs: readonly ModelSpec[];
  /** Ends the workers, so that no file is held open. */
  readonly stopWorkers: () => void;
  readonly applyUpdate: () => Promise<void>;
}

/** What surrounds the app: browser, language, theme, storage, a newer version. */
export class Environment {
  #online = $state(navigator.onLine);
  #usage: Usage | null = $state.raw(null);
  #locale: Locale = $state(getLocale());
  #theme: Settings['theme'] = $state('system');
  #readAhead = $state(true);
  #savesPower = $state(false);
  #updateReady = $state(false);

  constructor(
    /** Whether threads can be used. */
    readonly isolated: boolean,
    private readonly stages: EnvironmentStages,
    settings: Settings,
  ) {
    addEventListener('online', () => (this.#online = true));
    addEventListener('offline', () => (this.#online = false));
    if (settings.locale && isLocale(settings.locale)) this.#useLocale(settings.locale);
    this.#useTheme(settings.theme);
    this.#readAhead = settings.readAhead;
    watchPower((saves) => (this.#savesPower = saves));
  }

  get online(): boolean {
    return this.#online;
  }
  get usage(): Usage | null {
    return this.#usage;
  }
  get locale(): Locale {
    return this.#locale;
  }
  get theme(): Settings['theme'] {
    return this.#theme;
  }
  /** What the person chose. */
  get readAhead(): boolean {
    return this.#readAhead;
  }
  /** Whether to: not while the device saves power or data. */
  get mayReadAhead(): boolean {
    return this.#readAhead && !this.#savesPower;
  }
  get updateReady(): boolean {
    return this.#updateReady;
  }

  async refreshUsage(): Promise<void> {
    const { documents, modelStore, specs } = this.stages;
    const models = await Promise.all(specs.map((spec) => modelStore.inspect(spec)));
    const { documentsBytes, freeBytes, persistent } = await usage(documents);
    const modelsBytes = models.reduce((sum, model) => sum + model.bytes, 0);
    this.#usage = { documentsBytes, modelsBytes, freeBytes, persisted: persistent };
  }

  /** Asks the browser to keep what is stored; it may refuse, `usage` tells. */
  async keepStored(): Promise<void> {
    await persist();
  }

  async setLocale(locale: Locale): Promise<void> {
    this.#useLocale(locale);
    await this.stages.settings.update({ locale });
  }

  async setTheme(theme: Settings['theme']): Promise<void> {
    this.#useTheme(theme);
    await this.stages.settings.update({ theme });
  }

  async setReadAhead(readAhead: boolean): Promise<void> {
    this.#readAhead = readAhead;
    await this.stages.settings.update({ readAhead });
  }

  announceUpdate(): void {
    this.#updateReady = true;
  }

  async applyUpdate(): Promise<void> {
    await this.stages.applyUpdate();
  }

  async deleteEverything(): Promise<void> {
    this.stages.stopWorkers();
    await deleteEverything(this.stages.database);
    location.reload();
  }

  #useLocale(locale: Locale): void {
    void setLocale(locale, { reload: false });
    this.#locale = locale;
  }

  #useTheme(theme: Settings['theme']): void {
    this.#theme = theme;
    document.documentElement.dataset['theme'] = theme; // src/ui/tokens.css turns it into colours
  }
}
