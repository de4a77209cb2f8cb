import { pageOf, type Chunk } from '../domain/chunk.ts';
import type { Passage } from '../domain/conversation.ts';
import { FailureError } from '../domain/failure.ts';
import type { Range } from '../domain/sentence-ranges.ts';
import type { SourceDocument } from '../domain/source-document.ts';
import { openPdf, type OpenPdf, type PdfAssets } from '../ingestion/open-pdf.ts';
import type { DocumentStore } from '../storage/documents.ts';
import type { Collection } from './collection.svelte.ts';

/** What a page is opened for. */
export interface Evidence {
  readonly chunk: Chunk;
  /** Of a document that may have been removed since. */
  readonly documentName: string;
  /** The part that proves something: UTF-16 offsets into `chunk.text`; null for all of it. */
  readonly range: Range | null;
}

/** Where in the conversation a page was opened from. */
export interface Origin {
  readonly turnId: string;
  /** The `id` of the element that leads to the page. */
  readonly elementId: string;
}

/** A new object with each opening, also of what is open already. */
interface Shown {
  readonly documentId: string;
  /** 1-based: the page to begin at. */
  readonly page: number;
  readonly evidence: Evidence | null;
  readonly origin: Origin | null;
}

/** A page to show; `document` is null when it was removed meanwhile. */
export type ShownSource = Omit<Shown, 'documentId'> & { readonly document: SourceDocument | null };

/** The page shown beside the conversation, and the passage that is lit. */
export class Source {
  #shown: Shown | null = $state.raw(null);
  #focused: number | null = $state(null);
  #pdf: { documentId: string; opening: Promise<OpenPdf> } | null = null;

  constructor(
    private readonly collection: Collection,
    private readonly documents: DocumentStore,
    private readonly pdfAssets: PdfAssets,
  ) {}

  get shown(): ShownSource | null {
    if (!this.#shown) return null;
    const { documentId, ...shown } = this.#shown;
    return { ...shown, document: this.collection.documents.find(({ id }) => id === documentId) ?? null };
  }
  /** The number of the passage whose card and chip are lit. */
  get focused(): number | null {
    return this.#focused;
  }
  /** The turn whose passage is shown. */
  get turnId(): string | null {
    return this.#shown?.origin?.turnId ?? null;
  }

  /** @param range what of the passage to mark: UTF-16 offsets into its text; null for all of it */
  showPassage({ chunk, documentName }: Passage, range: Range | null, origin: Origin): void {
    const evidence = { chunk, documentName, range };
    this.#shown = { documentId: chunk.documentId, page: pageOf(chunk, range?.start), evidence, origin };
  }

  showPage(documentId: string, page: number): void {
    this.#shown = { documentId, page, evidence: null, origin: null };
  }

  close(): void {
    this.#shown = null;
    this.#release();
  }

  focus(number: number | null): void {
    this.#focused = number;
  }

  /**
   * The shown document in pdf.js; it stays open until another one is shown or the page closed.
   * @throws FailureError `unreadable-pdf` when its bytes are gone, and what `openPdf` throws
   */
  async openPdf(): Promise<OpenPdf> {
    const documentId = this.#shown?.documentId;
    if (documentId === undefined) throw new FailureError({ kind: 'unreadable-pdf' });
    if (this.#pdf?.documentId !== documentId) {
      this.#release();
      this.#pdf = { documentId, opening: this.#open(documentId) };
    }
    return this.#pdf.opening;
  }

  /** Takes the password of the shown document, for the next `openPdf`. */
  unlock(password: string): void {
    if (this.#shown) this.collection.unlock(this.#shown.documentId, password);
    this.#release();
  }

  async #open(documentId: string): Promise<OpenPdf> {
    const blob = await this.documents.bytes(documentId);
    if (!blob) throw new FailureError({ kind: 'unreadable-pdf' });
    const data = new Uint8Array(await blob.arrayBuffer());
    return openPdf(data, this.pdfAssets, { password: this.collection.password(documentId) });
  }

  #release(): void {
    const closing = this.#pdf;
    this.#pdf = null;
    void closing?.opening.then(
      (open) => open.close(),
      () => {}, // it never opened; whoever asked for it was told
    );
  }
}
