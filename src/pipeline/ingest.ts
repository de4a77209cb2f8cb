import type { Chunk } from '../domain/chunk.ts';
import type { Embeddings } from '../domain/embedding.ts';
import { FailureError } from '../domain/failure.ts';
import type { EmbeddingModelSpec } from '../domain/model-spec.ts';
import type { Language, Page, SourceDocument } from '../domain/source-document.ts';
import { detectLanguage } from '../ingestion/detect-language.ts';
import type { PdfAssets } from '../ingestion/open-pdf.ts';
import { parsePdf } from '../ingestion/parse-pdf.ts';
import { group, sentencesByPage, type Sentence } from '../ingestion/split.ts';
import type { DocumentStore } from '../storage/documents.ts';
import { prepareModel, type ModelStages } from './prepare-model.ts';

export type IngestEvent =
  | { readonly kind: 'hashing' }
  | { readonly kind: 'parsing'; readonly page: number; readonly pageCount: number }
  /** The embedding model is being fetched. */
  | { readonly kind: 'model'; readonly receivedBytes: number; readonly totalBytes: number }
  | { readonly kind: 'embedding'; readonly done: number; readonly total: number }
  | { readonly kind: 'storing' }
  /** The last event of a file that was there already. */
  | { readonly kind: 'known'; readonly documentId: string }
  /** The last event: the document is stored and searched. */
  | { readonly kind: 'indexed'; readonly document: SourceDocument };

export interface IngestStages extends ModelStages {
  readonly documents: DocumentStore;
  readonly pdfAssets: PdfAssets;
  readonly embeddingModel: (language: Language) => EmbeddingModelSpec;
}

/**
 * Takes one PDF into the collection. It becomes visible with the one transaction that stores it:
 * stopped or failed before, nothing of it stays.
 * @param file its bytes, and the name to show
 * @throws FailureError what its stages throw; the signal's reason when it aborts
 */
export async function* ingest(
  file: { readonly name: string; readonly blob: Blob; readonly password?: string | undefined },
  stages: IngestStages,
  signal: AbortSignal,
): AsyncGenerator<IngestEvent> {
  yield { kind: 'hashing' };
  if (file.blob.size === 0) throw new FailureError({ kind: 'empty-file' });
  const id = await sha256(file.blob, signal);
  if (await stages.documents.has(id)) return yield { kind: 'known', documentId: id };

  const bytes = await file.blob.arrayBuffer();
  const parsed = yield* parse(bytes, file.password, stages.pdfAssets, signal);
  const language = detectLanguage(parsed.pages);
  const spec = stages.embeddingModel(language);
  for await (const progress of prepareModel(spec, stages, signal)) yield { kind: 'model', ...progress };

  const chunks = await split(id, parsed.pages, language, spec, stages);
  if (chunks.length === 0) throw new FailureError({ kind: 'no-text-layer', pages: parsed.pages.length });
  const embeddings = yield* embed(chunks, spec, stages, signal);

  yield { kind: 'storing' };
  const document: SourceDocument = {
    id,
    name: file.name,
    bytes: file.blob.size,
    pageCount: parsed.pages.length,
    chunkCount: chunks.length,
    language,
    addedAt: Date.now(),
    unreadablePages: parsed.unreadablePages,
  };
  await stages.documents.put(document, file.blob, parsed.pages, chunks, embeddings);
  await stages.retriever.insert(id, spec.id, chunks, embeddings.vectors);
  yield { kind: 'indexed', document };
}

/** Bytes hashed at once, some 20 ms of work. */
const PIECE = 4 * 2 ** 20;

/**
 * Piece by piece: `crypto.subtle.digest` holds the page for over a second with 300 MB, and so
 * does a stream, whose reads follow each other without letting anything in between.
 */
async function sha256(blob: Blob, signal: AbortSignal): Promise<string> {
  const { createSHA256 } = await import('hash-wasm');
  const hash = await createSHA256();
  for (let start = 0; start < blob.size; start += PIECE) {
    hash.update(new Uint8Array(await blob.slice(start, start + PIECE).arrayBuffer()));
    signal.throwIfAborted();
  }
  return hash.digest('hex');
}

async function* parse(
  bytes: ArrayBuffer,
  password: string | undefined,
  assets: PdfAssets,
  signal: AbortSignal,
): AsyncGenerator<IngestEvent, { pages: readonly Page[]; unreadablePages: readonly number[] }> {
  let pageCount = 0;
  for await (const event of parsePdf(new Uint8Array(bytes), { assets, signal, password })) {
    if (event.kind === 'opened') pageCount = event.pageCount;
    else if (event.kind === 'page') yield { kind: 'parsing', page: event.number, pageCount };
    else return event;
  }
  throw new FailureError({ kind: 'unreadable-pdf' });
}

/** Page by page, because counting tokens goes through the worker and so lets the page breathe. */
async function split(
  documentId: string,
  pages: readonly Page[],
  language: Language,
  spec: EmbeddingModelSpec,
  { retriever }: IngestStages,
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

async function* embed(
  chunks: readonly Chunk[],
  spec: EmbeddingModelSpec,
  { retriever }: IngestStages,
  signal: AbortSignal,
): AsyncGenerator<IngestEvent, Embeddings> {
  const { dimension } = spec;
  const vectors = new Float32Array(chunks.length * dimension);
  let done = 0;
  yield { kind: 'embedding', done, total: chunks.length };
  const texts = chunks.map(({ text }) => text);
  for await (const batch of retriever.embed(spec.id, texts, signal)) {
    batch.indices.forEach((index, row) => {
      vectors.set(batch.vectors.subarray(row * dimension, (row + 1) * dimension), index * dimension);
    });
    done += batch.indices.length;
    yield { kind: 'embedding', done, total: chunks.length };
  }
  return { modelId: spec.id, dimension, vectors };
}
