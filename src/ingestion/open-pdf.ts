import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import { FailureError } from '../domain/failure.ts';
import { startPdfWorker } from './pdf-worker.ts';
import { settle } from './settle.ts';
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
  const kind = hasPassword ? 'password-wrong' : 'password-needed';
  const failure = { kind: error.name === 'PasswordException' ? kind : 'unreadable-pdf' } as const;
  return new FailureError(failure, { cause: error });
}

/** An open PDF, with a worker of its own. */
export interface OpenPdf {
  readonly pdf: PDFDocumentProxy;
  /** Rejects when the worker dies: calls on `pdf` would then wait for ever. */
  readonly lost: Promise<never>;
  /** Ends the worker and whatever it is doing. May be called twice. */
  close(): Promise<void>;
}

/**
 * Opens a PDF in a pdf.js worker of its own. pdf.js itself is loaded at the first call.
 * @param data handed over: its buffer is detached afterwards
 * @throws FailureError `empty-file`, `not-a-pdf`, `no-pages`, `password-needed`, `password-wrong`,
 *   `unreadable-pdf` or `worker-missing`; the signal's reason when it aborts
 */
export async function openPdf(
  data: Uint8Array,
  assets: PdfAssets,
  options: { readonly password?: string | undefined; readonly signal?: AbortSignal } = {},
): Promise<OpenPdf> {
  assertPdf(data);
  const { getDocument, GlobalWorkerOptions, PDFWorker, VerbosityLevel } =
    await import('pdfjs-dist/legacy/build/pdf.mjs');
  const { workerSrc, ...urls } = assets;
  const { password, signal } = options;
  GlobalWorkerOptions.workerSrc = workerSrc;
  const worker = startPdfWorker(workerSrc);
  const task = getDocument({
    data,
    ...urls,
    ...(worker.port ? { worker: PDFWorker.create({ port: worker.port }) } : {}),
    ...(password === undefined ? {} : { password }),
    cMapPacked: true,
    verbosity: VerbosityLevel.ERRORS,
  });
  const close = async (): Promise<void> => {
    await Promise.race([task.destroy(), worker.lost]).catch(() => {});
    worker.stop();
  };
  try {
    const pdf = await settle([task.promise, worker.lost], signal);
    worker.started();
    if (pdf.numPages === 0) throw new FailureError({ kind: 'no-pages' });
    return { pdf, lost: worker.lost, close };
  } catch (error) {
    await close();
    throw signal?.aborted ? error : translate(error, password !== undefined);
  }
}

/**
 * The text items of a page, in content order.
 * @param asDrawn with the very characters of the drawn page's text layer: ligatures stay ligatures
 */
export async function textItemsOf(page: PDFPageProxy, asDrawn = false): Promise<TextItem[]> {
  const { items } = await page.getTextContent({ disableNormalization: asDrawn });
  return items.filter((item) => 'str' in item);
}
