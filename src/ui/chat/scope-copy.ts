import type { Scope } from '../../domain/scope.ts';
import { m } from '../../paraglide/messages.js';

/** What a question is asked of, in words; `nameOf` gives null for a document that was removed. */
export function scopeCopy(scope: Scope, nameOf: (documentId: string) => string | null): string {
  if (scope.kind === 'all') return m.scope_all();
  if (scope.kind === 'page') {
    return m.scope_page({ name: nameOf(scope.documentId) ?? m.scope_removed(), page: scope.page });
  }
  const [first, ...rest] = scope.documentIds;
  if (first === undefined || rest.length > 0) return m.documents_count({ count: scope.documentIds.length });
  return nameOf(first) ?? m.scope_removed();
}
