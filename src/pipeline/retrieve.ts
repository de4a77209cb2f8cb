import type { Passage, Turn } from '../domain/conversation.ts';
import type { SourceDocument } from '../domain/source-document.ts';
import { termsOf } from '../domain/terms.ts';
import { decisiveSentence } from '../retrieval/highlight.ts';
import type { Retriever } from '../retrieval/retriever.ts';
import type { DocumentStore } from '../storage/documents.ts';

/** Passages shown for a question, the model's among them. */
const PASSAGES = 8;

/** Marks of a question that makes no sense alone: "And who wrote it?", “它有多高？”. */
const LEANING =
  /^(?:and|but|or|so|then)\b|^(?:what|how) about\b|\b(?:it|its|they|them|their|he|him|his|she|her|this|that|these|those)\b|[它他她]|^那|呢[？?]?$/i;

/**
 * The passages for a question, best first, numbered from 1; none when nothing is indexed.
 * @param before the turn before it, for questions that make no sense alone
 */
export async function retrieve(
  question: string,
  before: Turn | undefined,
  documents: readonly SourceDocument[],
  stages: { readonly retriever: Retriever; readonly documents: DocumentStore },
): Promise<Passage[]> {
  const leaning = before && (LEANING.test(question) || termsOf(question).size === 0);
  const query = leaning ? `${before.question} ${question}` : question;
  const matches = await stages.retriever.search(query, PASSAGES);
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
      highlight: decisiveSentence(query, chunk.text),
    }));
}
