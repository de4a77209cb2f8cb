import type { PDFDocumentLoadingTask, PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import { FailureError } from '../domain/failure.ts';
import type { TextItem } from './text-segments.ts';

/** Where pdf.js finds its parts: absolute URLs (paths in Node), folders with a slash at the end. */
export interface PdfAssets {
  readonly workerSrc: string;
  /** Without these maps Chinese fonts that are not embedded give no text, and only a warning. */
  readonly cMapUrl: string;
  readonly standardFontDataUrl: string;
  readonly wasmUrl: string;
  readonly iccUrl: string;
}

const HEADER_WITHIN = 1024;

function assertPdf(data: Uint8Array): void {
  if (data.length === 0) throw new FailureError({ kind: 'empty-file' });
  const head = new TextDecoder('latin1').decode(data.subarray(0, HEADER_WITHIN));
  if (!head.includes('%PDF')) throw new FailureError({ kind: 'not-a-pdf' });
}

function translate(error: unknown, hasPassword: boolean): unknown {
  if (!(error instanceof Error) || error instanceof FailureError) return error;
  const options = { cause: error };
  if (error.name === 'PasswordException') {
    return new FailureError({ kind: hasPassword ? 'password-wrong' : 'password-needed' }, options);
  }
  if (error.message.startsWith('Setting up fake worker failed')) {
    return new FailureError({ kind: 'worker-missing', worker: 'pdf' }, options);
  }
  return new FailureError({ kind: 'unreadable-pdf' }, options);
}

async function load(
  task: PDFDocumentLoadingTask,
  signal: AbortSignal | undefined,
): Promise<PDFDocumentProxy> {
  const stop = (): void => void task.destroy();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return await task.promise;
  } catch (error) {
    await task.destroy();
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

/**
 * Opens a PDF in a pdf.js worker of its own. pdf.js itself is loaded at the first call.
 * The caller ends it with `pdf.loadingTask.destroy()`.
 * @param data handed over: its buffer is detached afterwards
 * @throws FailureError `empty-file`, `not-a-pdf`, `no-pages`, `password-needed`, `password-wrong`,
 *   `unreadable-pdf` or `worker-missing`; the signal's reason when it aborts
 */
export async function openPdf(
  data: Uint8Array,
  assets: PdfAssets,
  options: { readonly password?: string | undefined; readonly signal?: AbortSignal } = {},
): Promise<PDFDocumentProxy> {
  assertPdf(data);
  const pdfjs = await import('pdfjs-dist/legacy/build/pdf.mjs');
  options.signal?.throwIfAborted();
  const { workerSrc, ...urls } = assets;
  pdfjs.GlobalWorkerOptions.workerSrc = workerSrc;
  const { password } = options;
  const task = pdfjs.getDocument({
    data,
    ...urls,
    ...(password === undefined ? {} : { password }),
    cMapPacked: true,
    verbosity: pdfjs.VerbosityLevel.ERRORS,
  });
  const pdf = await load(task, options.signal).catch((error: unknown) => {
    throw options.signal?.aborted ? error : translate(error, password !== undefined);
  });
  if (pdf.numPages > 0) return pdf;
  await task.destroy();
  throw new FailureError({ kind: 'no-pages' });
}

/**
 * The text items of a page, in content order. Whoever wants to find a chunk's text on the drawn
 * page must read the page by this function too: other options give other characters.
 */
export async function textItemsOf(page: PDFPageProxy): Promise<TextItem[]> {
  const { items } = await page.getTextContent();
  return items.filter((item) => 'str' in item);
}
