import type { Earlier } from '../domain/conversation.ts';
import type { Scope } from '../domain/scope.ts';
import type { SourceDocument } from '../domain/source-document.ts';
import type { Excerpt } from '../generation/excerpt.ts';
import type { LanguageModel } from '../generation/language-model.ts';
import { prompt } from '../generation/prompt.ts';
import { retrieve, type RetrieveStages } from './retrieve.ts';
import { scopeSource } from './scope-source.ts';
import { leanedOn } from './standalone.ts';

export interface ReadAheadRequest {
  /** What is written of the question so far. */
  readonly draft: string;
  readonly documents: readonly SourceDocument[];
  readonly scope: Scope;
  /** The turn before. */
  readonly earlier: Earlier | undefined;
  /** What the model read last, or is reading: see `prompt`. */
  readonly before: readonly Excerpt[];
}

/** A prompt to be read before its question is asked. */
export interface AheadPrompt {
  readonly laidOut: readonly Excerpt[];
  /**
   * Reads it into the KV cache.
   * @throws FailureError what `LanguageModel.complete` throws; the signal's reason when it aborts
   */
  read(model: LanguageModel, signal: AbortSignal): Promise<void>;
}

/** The prompt of a question that is not finished; null when no passage is found for it. */
export async function preparePrompt(
  { draft, documents, scope, earlier, before }: ReadAheadRequest,
  stages: RetrieveStages,
): Promise<AheadPrompt | null> {
  const { passages } = await retrieve(draft, { before: earlier, scope }, documents, stages);
  if (passages.length === 0) return null;
  const leaned = leanedOn(draft, earlier);
  const { messages, laidOut } = prompt(draft, passages, leaned, before, '', scopeSource(scope, passages));
  const read = async (model: LanguageModel, signal: AbortSignal) => {
    for await (const _ of model.complete(messages, 0, signal));
  };
  return { laidOut, read };
}
