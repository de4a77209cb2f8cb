import { FailureError } from '../domain/failure.ts';
import type { Page } from '../domain/source-document.ts';
import { detectLanguage } from '../ingestion/detect-language.ts';
import type { PdfAssets } from '../ingestion/open-pdf.ts';
import { parsePdf } from '../ingestion/parse-pdf.ts';
import { indexPages, type IndexEvent, type IndexStages } from './index-pages.ts';

export type IngestEvent =
  | { readonly kind: 'hashing' }
  | { readonly kind: 'parsing'; readonly page: number; readonly pageCount: number }
  /** The last event of a file that was there already. */
  | { readonly kind: 'known'; readonly documentId: string }
  | IndexEvent;

export interface IngestStages extends IndexStages {
  readonly pdfAssets: PdfAssets;
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
  const about = {
    id,
    name: file.name,
    bytes: file.blob.size,
    language: detectLanguage(parsed.pages),
    addedAt: Date.now(),
    unreadablePages: parsed.unreadablePages,
  };
  yield* indexPages(about, file.blob, parsed.pages, stages, signal);
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
