import type { Passage } from '../domain/conversation.ts';
import { isAbort } from '../domain/failure.ts';
import type { Scope } from '../domain/scope.ts';
import type { LanguageModel } from '../generation/language-model.ts';
import { BroadReading, type BroadEvent, type BroadRequest } from './broad-reading.ts';
import type { RetrieveStages } from './retrieve.ts';
import { foundFirst, sectionsOf } from './sections.ts';

/** Chunks looked for to find the sections that name what is to be listed. */
const SEARCHED = 40;

/**
 * Answers over whole documents: the model reads one section after the other and says what stands
 * there, as many as two minutes allow, spread evenly or, for a list, those that fit it best; then
 * it sums up its notes. A list needs no second look, its items are merged. Ends with `answered`,
 * unless there is nothing to read: when `signal` fires, and before a failure, with what there is.
 * @throws FailureError what `LanguageModel.complete` throws
 */
export async function* answerBroadly(
  request: BroadRequest,
  stages: RetrieveStages,
  model: LanguageModel,
  signal: AbortSignal,
): AsyncGenerator<BroadEvent> {
  const started = performance.now();
  const { broad, documents } = request;
  const sections = await sectionsOf(broad.scope, documents, stages.documents);
  const ranked = broad.kind === 'list' ? await fitting(broad.wanted, broad.scope, sections, stages) : null;
  signal.throwIfAborted();
  if (sections.length === 0) return;
  const reading = new BroadReading(request, performance.now() - started, sections, model, signal);
  try {
    yield* reading.readSections(ranked);
    if (broad.kind === 'summary') yield* reading.conclude();
    yield reading.answered('complete');
  } catch (error) {
    if (isAbort(error) || reading.hasNotes) yield reading.answered('interrupted');
    if (!isAbort(error)) throw error;
  }
}

/** The sections in the order in which they promise what is wanted. */
async function fitting(
  wanted: string,
  scope: Scope,
  sections: readonly Passage[],
  { retriever }: RetrieveStages,
): Promise<Passage[]> {
  const { matches } = await retriever.search(wanted, { limit: SEARCHED, scope });
  return foundFirst(
    sections,
    matches.map(({ chunkId }) => chunkId),
  );
}
