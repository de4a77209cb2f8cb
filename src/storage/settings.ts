import * as v from 'valibot';
import type { Database } from './database.ts';

const KEY = 'settings';

/** Each field falls back on its own: one that went bad costs only itself. */
const SettingsRecord = v.fallback(
  v.object({
    /** The language model to load, or null before one was chosen. */
    languageModelId: v.fallback(v.nullable(v.string()), null),
    /** Let the model read the prompt while the question is typed. */
    readAhead: v.fallback(v.boolean(), true),
    theme: v.fallback(v.picklist(['system', 'light', 'dark']), 'system'),
    /** Null follows the browser's languages. */
    locale: v.fallback(v.nullable(v.string()), null),
  }),
  () => ({ languageModelId: null, readAhead: true, theme: 'system' as const, locale: null }),
);

export type Settings = Readonly<v.InferOutput<typeof SettingsRecord>>;

/** What the person chose. */
export class SettingsStore {
  constructor(private readonly database: Database) {}

  /** A missing or broken record reads as the defaults. */
  async read(): Promise<Settings> {
    return parse(await this.database.read((connection) => connection.get('settings', KEY)));
  }

  /** Changes the given fields, in one transaction: two tabs do not undo each other's. */
  async update(patch: Partial<Settings>): Promise<void> {
    await this.database.write(
      ['settings'],
      [
        async (transaction) => {
          const store = transaction.objectStore('settings');
          await store.put({ ...parse(await store.get(KEY)), ...patch }, KEY);
        },
      ],
      0,
    );
  }
}

function parse(record: unknown): Settings {
  return v.parse(SettingsRecord, record);
}
