import type { PDFDocumentProxy } from 'pdfjs-dist';
import type { Passage } from '../domain/conversation.ts';
import { firstPage } from '../domain/chunk.ts';
import { FailureError } from '../domain/failure.ts';
import type { SourceDocument } from '../domain/source-document.ts';
import { openPdf, type OpenPdf, type PdfAssets } from '../ingestion/open-pdf.ts';
import type { DocumentStore } from '../storage/documents.ts';
import type { Collection } from './collection.svelte.ts';

interface Shown {
  readonly documentId: string;
  readonly page: number;
  readonly passage: Passage | null;
}

/** The page shown beside the conversation, and the passage that is lit. */
export class Source {
  #shown: Shown | null = $state.raw(null);
  #focused: number | null = $state(null);
  #turnId: string | null = $state(null);
  #pdf: { documentId: string; opening: Promise<OpenPdf> } | null = null;

  constructor(
    private readonly collection: Collection,
    private readonly documents: DocumentStore,
    private readonly pdfAssets: PdfAssets,
  ) {}

  /** `document` is null when it was removed meanwhile. */
  get shown(): { document: SourceDocument | null; page: number; passage: Passage | null } | null {
    if (!this.#shown) return null;
    const { documentId, page, passage } = this.#shown;
    const document = this.collection.documents.find(({ id }) => id === documentId) ?? null;
    return { document, page, passage };
  }
  /** The number of the passage whose card and chip are lit. */
  get focused(): number | null {
    return this.#focused;
  }
  /** The turn whose passage is shown. */
  get turnId(): string | null {
    return this.#turnId;
  }

  showPassage(turnId: string, passage: Passage): void {
    this.#turnId = turnId;
    this.#shown = { documentId: passage.chunk.documentId, page: firstPage(passage.chunk), passage };
  }

  showPage(documentId: string, page: number): void {
    this.#turnId = null;
    this.#shown = { documentId, page, passage: null };
  }

  goTo(page: number): void {
    if (this.#shown) this.#shown = { ...this.#shown, page };
  }

  close(): void {
    this.#shown = null;
    this.#turnId = null;
    this.#release();
  }

  focus(number: number | null): void {
    this.#focused = number;
  }

  /**
   * The shown document in pdf.js; it stays open until another one is shown or the page closed.
   * @throws FailureError `unreadable-pdf` when its bytes are gone, and what `openPdf` throws
   */
  async openPdf(): Promise<PDFDocumentProxy> {
    const documentId = this.#shown?.documentId;
    if (documentId === undefined) throw new FailureError({ kind: 'unreadable-pdf' });
    if (this.#pdf?.documentId !== documentId) {
      this.#release();
      this.#pdf = { documentId, opening: this.#open(documentId) };
    }
    return (await this.#pdf.opening).pdf;
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
