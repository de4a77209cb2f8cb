import type { Chunk } from './chunk.ts';

/** What a question is asked of: every document, a chosen few, or one page. */
export type Scope =
  | { readonly kind: 'all' }
  | { readonly kind: 'documents'; readonly documentIds: readonly string[] }
  /** `page` counts from 1. */
  | { readonly kind: 'page'; readonly documentId: string; readonly page: number };

export const EVERYWHERE: Scope = { kind: 'all' };

/** A chunk is on a page when any part of it is. */
export function covers(scope: Scope, { documentId, spans }: Pick<Chunk, 'documentId' | 'spans'>): boolean {
  if (scope.kind === 'all') return true;
  if (scope.kind === 'documents') return scope.documentIds.includes(documentId);
  return documentId === scope.documentId && spans.some(({ page }) => page === scope.page);
}

/** What is left of a scope when only `documentIds` are there: everything, when nothing is. */
export function stillThere(scope: Scope, documentIds: readonly string[]): Scope {
  if (scope.kind === 'all') return scope;
  if (scope.kind === 'page') return documentIds.includes(scope.documentId) ? scope : EVERYWHERE;
  const left = scope.documentIds.filter((id) => documentIds.includes(id));
  return left.length > 0 ? { kind: 'documents', documentIds: left } : EVERYWHERE;
}
