import type { Earlier, Passage, Signals } from '../domain/conversation.ts';
import { EVERYWHERE, type Scope } from '../domain/scope.ts';
import type { SourceDocument } from '../domain/source-document.ts';
import { signalsOf } from '../retrieval/answerable.ts';
import { decisiveSentences } from '../retrieval/highlight.ts';
import type { Leg, Retriever } from '../retrieval/retriever.ts';
import { scoreSentences } from '../retrieval/score-sentences.ts';
import type { DocumentStore } from '../storage/documents.ts';
import { standalone } from './standalone.ts';

/** Passages shown for a question, the model's among them. */
const PASSAGES = 8;

export interface RetrieveOptions {
  /** The turn before it, for questions that make no sense alone. */
  readonly before?: Earlier | undefined;
  readonly scope?: Scope;
  readonly limit?: number;
  /** All, unless the eval compares them. */
  readonly legs?: readonly Leg[];
}

/** What passages are found with. */
export interface RetrieveStages {
  readonly retriever: Retriever;
  readonly documents: DocumentStore;
}

/** What is found for a question. */
export interface Evidence {
  /** Best first, numbered from 1; none when nothing is indexed. */
  readonly passages: readonly Passage[];
  readonly signals: Signals;
}

/** Finds the passages for a question, and in them the sentences that may answer it. */
export async function retrieve(
  question: string,
  { before, scope = EVERYWHERE, limit = PASSAGES, legs }: RetrieveOptions,
  documents: readonly SourceDocument[],
  stages: RetrieveStages,
): Promise<Evidence> {
  const query = standalone(question, before);
  const { matches, rarity } = await stages.retriever.search(query, { limit, scope, ...(legs && { legs }) });
  const chunks = await stages.documents.chunks(matches.map(({ chunkId }) => chunkId));
  const names = new Map(documents.map(({ id, name }) => [id, name]));
  const found = new Map(matches.map((match) => [match.chunkId, match]));
  const passages = chunks.flatMap((chunk, rank): Passage[] => {
    const documentName = names.get(chunk.documentId);
    const match = found.get(chunk.id);
    // A document may have been removed between the search and here.
    if (documentName === undefined || !match) return [];
    const { standing, likeness } = match;
    const sentences = scoreSentences(query, chunk, likeness, rarity);
    const highlight = decisiveSentences(chunk, sentences);
    return [
      { number: rank + 1, chunk, documentName, score: standing.cosine, standing, sentences, highlight },
    ];
  });
  const likeness = matches.flatMap((match) => match.likeness);
  return { passages, signals: signalsOf(question, passages, { likeness, rarity }) };
}
