import { getContext, setContext } from 'svelte';
import type { Collection } from './collection.svelte.ts';
import type { ConversationState } from './conversation.svelte.ts';
import type { Environment } from './environment.svelte.ts';
import type { Models } from './models.svelte.ts';
import type { Source } from './source.svelte.ts';

/** What `main.ts` builds once and every component may reach. */
export interface AppState {
  readonly collection: Collection;
  readonly conversation: ConversationState;
  readonly models: Models;
  readonly source: Source;
  readonly environment: Environment;
}

const key = Symbol('quire');

export function provideApp(state: AppState): void {
  setContext(key, state);
}

export function useApp(): AppState {
  return getContext<AppState>(key);
}
