import type { Language, SourceDocument } from '../domain/source-document.ts';
import { indexPages, type IndexEvent, type IndexStages } from './index-pages.ts';

/**
 * Splits and embeds a stored document anew, in another language than the one found for it. Stopped
 * or failed, it stays as it was; one that was removed meanwhile does not come back.
 * @throws FailureError what its stages throw; the signal's reason when it aborts
 */
export async function* readAs(
  document: SourceDocument,
  language: Language,
  stages: IndexStages,
  signal: AbortSignal,
): AsyncGenerator<IndexEvent> {
  const file = await stages.documents.bytes(document.id);
  if (!file) return;
  const pages = await stages.documents.pages(document.id);
  yield* indexPages({ ...document, language }, file, pages, stages, signal);
}
