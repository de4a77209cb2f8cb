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

/** A passage of a turn. */
export interface Lit {
  readonly turnId: string;
  readonly number: number;
}

/** The page shown beside the conversation, and the passage that is lit. */
export class Source {
  #shown: Shown | null = $state.raw(null);
  #lit: Lit | null = $state.raw(null);
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
  /** The passage whose card and chip are lit: the one pointed at, or else the one shown. */
  get lit(): Lit | null {
    const passage = this.#shown?.passage;
    return this.#lit ?? (this.#turnId && passage ? { turnId: this.#turnId, number: passage.number } : null);
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

  light(lit: Lit | null): void {
    this.#lit = lit;
  }

  /** The shown passage's text on the shown page; null when none of it stands there. */
  async textOnPage(): Promise<string | null> {
    const shown = this.#shown;
    const span = shown?.passage?.chunk.spans.find(({ page }) => page === shown.page);
    if (!shown || !span) return null;
    const page = (await this.documents.pages(shown.documentId)).find(({ number }) => number === span.page);
    return page?.text.slice(span.start, span.end) ?? null;
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
