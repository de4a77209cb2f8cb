import type { Chunk } from '../domain/chunk.ts';
import type { Embeddings } from '../domain/embedding.ts';
import { FailureError } from '../domain/failure.ts';
import type { EmbeddingModelSpec } from '../domain/model-spec.ts';
import type { Language, Page, SourceDocument } from '../domain/source-document.ts';
import { group, sentencesByPage, type Sentence } from '../ingestion/split.ts';
import type { DocumentStore } from '../storage/documents.ts';
import { prepareModel, type ModelStages } from './prepare-model.ts';

export type IndexEvent =
  /** The embedding model is being fetched. */
  | { readonly kind: 'model'; readonly receivedBytes: number; readonly totalBytes: number }
  | { readonly kind: 'embedding'; readonly done: number; readonly total: number }
  | { readonly kind: 'storing' }
  /** The last event: the document is stored and searched. */
  | { readonly kind: 'indexed'; readonly document: SourceDocument };

export interface IndexStages extends ModelStages {
  readonly documents: DocumentStore;
  readonly embeddingModel: (language: Language) => EmbeddingModelSpec;
}

/**
 * Splits and embeds the pages of a document in its language, stores it whole in one transaction and
 * has it searched. Until then whatever is stored of it stays as it is.
 * @throws FailureError `no-text-layer`, and what its stages throw; the signal's reason when it aborts
 */
export async function* indexPages(
  about: Omit<SourceDocument, 'pageCount' | 'chunkCount'>,
  file: Blob,
  pages: readonly Page[],
  stages: IndexStages,
  signal: AbortSignal,
): AsyncGenerator<IndexEvent> {
  const spec = stages.embeddingModel(about.language);
  for await (const progress of prepareModel(spec, stages, signal)) yield { kind: 'model', ...progress };
  const chunks = await split(about.id, pages, about.language, spec, stages);
  if (chunks.length === 0) throw new FailureError({ kind: 'no-text-layer', pages: pages.length });
  const embeddings = yield* embed(chunks, spec, stages, signal);

  yield { kind: 'storing' };
  signal.throwIfAborted();
  const document: SourceDocument = { ...about, pageCount: pages.length, chunkCount: chunks.length };
  await stages.documents.put(document, file, pages, chunks, embeddings);
  await stages.retriever.insert(document.id, spec.id, chunks, embeddings.vectors);
  yield { kind: 'indexed', document };
}

/** Page by page, because counting tokens goes through the worker and so lets the page breathe. */
async function split(
  documentId: string,
  pages: readonly Page[],
  language: Language,
  spec: EmbeddingModelSpec,
  { retriever }: IndexStages,
): Promise<Chunk[]> {
  const sentences: Sentence[] = [];
  const counts: number[] = [];
  for (const page of sentencesByPage(pages, language)) {
    sentences.push(...page);
    counts.push(
      ...(await retriever.countTokens(
        spec.id,
        page.map(({ text }) => text),
      )),
    );
  }
  return group(documentId, sentences, counts);
}

/** A sentence that stands in several places, as one that two chunks share, is embedded once. */
async function* embed(
  chunks: readonly Chunk[],
  spec: EmbeddingModelSpec,
  { retriever }: IndexStages,
  signal: AbortSignal,
): AsyncGenerator<IndexEvent, Embeddings> {
  const { dimension } = spec;
  const sentences = chunks.flatMap(({ text, sentences }) =>
    sentences.map(({ start, end }) => text.slice(start, end)),
  );
  const rows = Map.groupBy(sentences.keys(), (row) => sentences[row] ?? '');
  const texts = [...rows.keys()];
  const vectors = new Int8Array(sentences.length * dimension);
  let done = 0;
  yield { kind: 'embedding', done, total: texts.length };
  for await (const batch of retriever.embed(spec.id, texts, signal)) {
    batch.indices.forEach((index, at) => {
      const vector = batch.vectors.subarray(at * dimension, (at + 1) * dimension);
      for (const row of rows.get(texts[index] ?? '') ?? []) vectors.set(vector, row * dimension);
    });
    done += batch.indices.length;
    yield { kind: 'embedding', done, total: texts.length };
  }
  return { modelId: spec.id, dimension, vectors };
}
