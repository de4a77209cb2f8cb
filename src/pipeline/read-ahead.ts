import type { Passage, Turn } from '../domain/conversation.ts';
import type { SourceDocument } from '../domain/source-document.ts';
import type { LanguageModel } from '../generation/language-model.ts';
import { prompt } from '../generation/prompt.ts';
import type { Retriever } from '../retrieval/retriever.ts';
import type { DocumentStore } from '../storage/documents.ts';
import { retrieve } from './retrieve.ts';

export interface ReadAheadRequest {
  /** What is written of the question so far. */
  readonly draft: string;
  readonly documents: readonly SourceDocument[];
  /** The turns before, oldest first. */
  readonly history: readonly Turn[];
  /** What the model read last, or is reading: see `prompt`. */
  readonly before: readonly Passage[];
}

/** A prompt to be read before its question is asked. */
export interface AheadPrompt {
  readonly laidOut: readonly Passage[];
  /**
   * Reads it into the KV cache.
   * @throws FailureError what `LanguageModel.complete` throws; the signal's reason when it aborts
   */
  read(model: LanguageModel, signal: AbortSignal): Promise<void>;
}

/** The prompt of a question that is not finished; null when no passage is found for it. */
export async function preparePrompt(
  { draft, documents, history, before }: ReadAheadRequest,
  stages: { readonly retriever: Retriever; readonly documents: DocumentStore },
): Promise<AheadPrompt | null> {
  const passages = await retrieve(draft, history.at(-1), documents, stages);
  if (passages.length === 0) return null;
  const { messages, laidOut } = prompt(draft, passages, history, before);
  const read = async (model: LanguageModel, signal: AbortSignal) => {
    for await (const _ of model.complete(messages, 0, signal));
  };
  return { laidOut, read };
}
