import type { PageViewport, PDFPageProxy } from 'pdfjs-dist';

/** A page that is being drawn. */
export interface PageDrawing {
  /** In CSS pixels: `viewport.transform` places what lies over the page. */
  readonly viewport: PageViewport;
  /** Rejects with pdf.js's `RenderingCancelledException` after `cancel`. */
  readonly done: Promise<void>;
  cancel(): void;
}

/** Safari on phones draws nothing on larger canvases. */
const MAX_PIXELS = 16_000_000;

/**
 * Draws a page to fill `cssWidth`, as sharp as the screen is, and sizes the canvas for it.
 * A canvas can be drawn on by one call at a time: cancel and await the last one first.
 * @param cssWidth in CSS pixels
 */
export function renderPage(
  page: PDFPageProxy,
  canvas: HTMLCanvasElement,
  cssWidth: number,
  devicePixelRatio: number,
): PageDrawing {
  const scale = cssWidth / page.getViewport({ scale: 1 }).width;
  const viewport = page.getViewport({ scale });
  const { width, height } = viewport;
  const ratio = Math.min(devicePixelRatio, Math.sqrt(MAX_PIXELS / (width * height)));
  canvas.width = Math.max(1, Math.floor(width * ratio));
  canvas.height = Math.max(1, Math.floor(height * ratio));
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const task = page.render({ canvas, viewport, transform: [ratio, 0, 0, ratio, 0, 0] });
  return { viewport, done: task.promise, cancel: () => task.cancel() };
}
