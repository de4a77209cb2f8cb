// First: the viewer's own module takes what it needs of pdf.js from the global it sets.
import { AnnotationMode, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import {
  EventBus,
  PDFFindController,
  PDFViewer,
  type PDFPageView,
} from 'pdfjs-dist/legacy/web/pdf_viewer.mjs';
import type { Evidence } from '../../state/source.svelte.ts';
import { FindInPdf, type Matches } from './find-in-pdf.ts';
import { markEvidence } from './mark-evidence.ts';
import { QuietLinks } from './quiet-links.ts';
import './pdf-view.css';

/** What the reader sees of a document. */
export interface Reading {
  /** 1-based. */
  readonly page: number;
  readonly fitsWidth: boolean;
}

export interface PdfViewListener {
  readonly moved: (reading: Reading) => void;
  /** Once for each `show`, when its page is drawn: whether there is evidence that could be marked. */
  readonly shown: (isMarked: boolean) => void;
  readonly found: (matches: Matches) => void;
  readonly failed: (error: unknown) => void;
  /** A page's name for those who hear it. */
  readonly nameOf: (page: number) => string;
}

/** What pdf.js says when a page was drawn. */
interface PageEvent {
  readonly source: PDFPageView;
  readonly pageNumber: number;
  readonly error: unknown;
}

interface Target {
  readonly page: number;
  readonly evidence: Evidence | null;
  /** Pages differ in width: the zoom is fitted to this one when its width is known. */
  isFitted: boolean;
  isShown: boolean;
}

const FIT_WIDTH = 'page-width';

/** pdf.js's own viewer over one open document: it draws the pages in sight and forgets the others. */
export class PdfView {
  readonly words: FindInPdf;
  #viewer: PDFViewer;
  #target: Target | null = null;
  #isReady = false;
  /** Text layers that hold all their text. */
  #complete = new WeakSet<HTMLElement>();

  /**
   * @param container positioned absolutely, with one empty `div` inside: the viewer's own
   * @param signal ends the view; the document is left to whoever opened it
   */
  constructor(
    private readonly container: HTMLDivElement,
    pdf: PDFDocumentProxy,
    private readonly listener: PdfViewListener,
    private readonly signal: AbortSignal,
  ) {
    const eventBus = new EventBus();
    const linkService = new QuietLinks({ eventBus, ignoreDestinationZoom: true });
    this.words = new FindInPdf(eventBus, listener.found, signal);
    this.#viewer = new PDFViewer({
      container,
      eventBus,
      linkService,
      findController: new PDFFindController({ eventBus, linkService }),
      // Forms and notes are part of the picture; nothing in them can be filled in, run or sent.
      annotationMode: AnnotationMode.ENABLE,
      enableAutoLinking: false,
      enableSelectionRendering: false,
    });
    linkService.setViewer(this.#viewer);
    linkService.setDocument(pdf);
    this.#listen(eventBus);
    this.#viewer.setDocument(pdf);
    this.#viewer.pagesPromise?.catch(this.#fail);
    signal.addEventListener('abort', () => this.#end());
  }

  /** Opens a page at its evidence, or at its top. */
  show(page: number, evidence: Evidence | null): void {
    this.#target = { page, evidence, isFitted: false, isShown: false };
    for (const old of this.container.querySelectorAll('.evidence')) old.remove();
    if (this.#isReady) this.#open(this.#target);
  }

  goTo(page: number): void {
    this.#viewer.currentPageNumber = page;
  }

  zoom(direction: 'in' | 'out'): void {
    if (direction === 'in') this.#viewer.increaseScale();
    else this.#viewer.decreaseScale();
  }

  fitWidth(): void {
    this.#viewer.currentScaleValue = FIT_WIDTH;
  }

  get #fitsWidth(): boolean {
    return this.#viewer.currentScaleValue === FIT_WIDTH;
  }

  #listen(bus: EventBus): void {
    const signal = this.signal;
    const ready = (): void => {
      this.#isReady = true;
      this.fitWidth();
      if (this.#target) this.#open(this.#target);
    };
    const moved = (): void =>
      this.listener.moved({ page: this.#viewer.currentPageNumber, fitsWidth: this.#fitsWidth });
    const drawn = ({ source, pageNumber, error }: PageEvent): void => {
      // pdf.js would name it, in English.
      source.div.removeAttribute('data-l10n-id');
      source.div.ariaLabel = this.listener.nameOf(pageNumber);
      if (error && pageNumber === this.#target?.page) this.#tell(this.#target, false);
    };
    const readable = ({ source, pageNumber }: PageEvent): void => {
      if (source.textLayer) this.#complete.add(source.textLayer.div);
      this.#show(source, pageNumber);
    };
    bus.on('pagesinit', ready, { signal });
    bus.on('pagechanging', moved, { signal });
    bus.on('scalechanging', moved, { signal });
    bus.on('pagerendered', drawn, { signal });
    bus.on('textlayerrendered', readable, { signal });
    const resized = new ResizeObserver(() => {
      if (this.#fitsWidth) this.fitWidth();
    });
    resized.observe(this.container);
    signal.addEventListener('abort', () => resized.disconnect());
  }

  #open({ page, evidence }: Target): void {
    this.goTo(page);
    // Pages that are drawn already bring no event.
    for (const number of new Set([page, ...(evidence?.chunk.spans ?? []).map((span) => span.page)])) {
      const view: PDFPageView | undefined = this.#viewer.getPageView(number - 1);
      if (view?.textLayer && this.#complete.has(view.textLayer.div)) this.#show(view, number);
    }
  }

  /** A page is there with its text, for the first time or anew after a change of zoom. */
  #show(view: PDFPageView, page: number): void {
    const target = this.#target;
    if (!target) return;
    if (page === target.page && !target.isFitted) {
      target.isFitted = true;
      const before = this.#viewer.currentScale;
      // The width fitted is that of the page where the viewer is, and fitting may scroll this one away.
      this.goTo(page);
      if (this.#fitsWidth) this.fitWidth();
      if (this.#viewer.currentScale !== before) {
        this.goTo(page);
        return; // it will be drawn anew
      }
    }
    if (target.evidence) this.#mark(view, page, target, target.evidence).catch(this.#fail);
    else if (page === target.page) this.#tell(target, false);
  }

  async #mark(view: PDFPageView, page: number, target: Target, evidence: Evidence): Promise<void> {
    const isWanted = (): boolean => target === this.#target && !this.signal.aborted;
    const marks = await markEvidence(view, page, evidence, isWanted);
    if (!isWanted() || page !== target.page || target.isShown) return;
    marks?.firstElementChild?.scrollIntoView({ block: 'center', inline: 'nearest' });
    this.#tell(target, marks !== null);
  }

  #tell(target: Target, isMarked: boolean): void {
    if (!target.isShown) this.listener.shown(isMarked);
    target.isShown = true;
  }

  #fail = (error: unknown): void => {
    if (!this.signal.aborted) this.listener.failed(error);
  };

  #end(): void {
    // pdf.js keeps text layers in a list of its own until their page is destroyed.
    for (const view of this.#viewer.getCachedPageViews()) view.destroy();
    this.#viewer.setDocument(null);
  }
}
