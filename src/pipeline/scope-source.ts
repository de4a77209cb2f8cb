import type { Passage } from '../domain/conversation.ts';
import type { Scope } from '../domain/scope.ts';

/** What a narrowed question is asked of, for the prompt: names and page; empty for all documents. */
export function scopeSource(scope: Scope, passages: readonly Passage[]): string {
  if (scope.kind === 'all') return '';
  const names = [...new Set(passages.map(({ documentName }) => documentName))].join(', ');
  return scope.kind === 'page' ? `${names}, p. ${scope.page}` : names;
}
