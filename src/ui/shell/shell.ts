import { getContext, setContext } from 'svelte';
import type { SourceDocument } from '../../domain/source-document.ts';

/** What is asked of the person in a window of its own. One at a time. */
export type DialogRequest =
  | { readonly kind: 'link' }
  | { readonly kind: 'models' }
  | { readonly kind: 'storage' }
  | { readonly kind: 'keys' }
  | { readonly kind: 'remove-document'; readonly document: SourceDocument }
  | { readonly kind: 'remove-model'; readonly modelId: string; readonly name: string }
  | { readonly kind: 'new-conversation' }
  | { readonly kind: 'delete-everything' };

/** What parts of the page ask of the page as a whole. */
export interface Shell {
  openDialog(request: DialogRequest): void;
  /** The browser's own file picker. */
  pickFiles(): void;
  /** The question being written: it outlives a change of language. */
  draft: string;
}

const key = Symbol('shell');

export function provideShell(shell: Shell): void {
  setContext(key, shell);
}

export function useShell(): Shell {
  return getContext<Shell>(key);
}
