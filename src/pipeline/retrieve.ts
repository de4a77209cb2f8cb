import type { Passage } from '../domain/conversation.ts';
import type { SourceDocument } from '../domain/source-document.ts';
import { decisiveSentence } from '../retrieval/highlight.ts';
import type { Retriever } from '../retrieval/retriever.ts';
import type { DocumentStore } from '../storage/documents.ts';

/** Passages shown for a question, the model's among them. */
const PASSAGES = 8;

/** The passages for a question, best first, numbered from 1; none when nothing is indexed. */
export async function retrieve(
  question: string,
  documents: readonly SourceDocument[],
  stages: { readonly retriever: Retriever; readonly documents: DocumentStore },
): Promise<Passage[]> {
  const matches = await stages.retriever.search(question, PASSAGES);
  const chunks = await stages.documents.chunks(matches.map(({ chunkId }) => chunkId));
  const names = new Map(documents.map(({ id, name }) => [id, name]));
  const scores = new Map(matches.map(({ chunkId, score }) => [chunkId, score]));
  // A document may have been removed between the search and here.
  return chunks
    .filter(({ documentId }) => names.has(documentId))
    .map((chunk, rank) => ({
      number: rank + 1,
      chunk,
      documentName: names.get(chunk.documentId) ?? '',
      score: scores.get(chunk.id) ?? 0,
      highlight: decisiveSentence(question, chunk.text),
    }));
}
