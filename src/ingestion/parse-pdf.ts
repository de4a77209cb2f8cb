import { FailureError } from '../domain/failure.ts';
import type { Page } from '../domain/source-document.ts';
import { openPdf, textItemsOf, type OpenPdf, type PdfAssets } from './open-pdf.ts';
import { textOf } from './paragraphs.ts';
import { linesOf, type Line } from './reading-order.ts';
import { runningHeads } from './running-heads.ts';
import { settle } from './settle.ts';

/** Texts come last and all at once: which lines are running heads shows only when all are read. */
export type ParseEvent =
  | { readonly kind: 'opened'; readonly pageCount: number }
  /** 1-based. */
  | { readonly kind: 'page'; readonly number: number }
  | {
      readonly kind: 'parsed';
      /** Every page, those without text too. */
      readonly pages: readonly Page[];
      /** 1-based numbers of pages that hold no text or could not be read. */
      readonly unreadablePages: readonly number[];
    };

export interface ParseOptions {
  readonly assets: PdfAssets;
  readonly signal: AbortSignal;
  readonly password?: string | undefined;
}

/** Longest stretch of work before others get their turn, in milliseconds. */
const TURN_MS = 40;

/** Lets the page draw and take input when it had to wait for long enough. */
function pacer(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < TURN_MS) return;
    await new Promise((resolve) => setTimeout(resolve));
    since = performance.now();
  };
}

async function linesOn({ pdf }: OpenPdf, number: number): Promise<Line[]> {
  const page = await pdf.getPage(number);
  try {
    // A long document's items would fill the memory.
    return linesOf(await textItemsOf(page)).map((line) => ({ ...line, items: [] }));
  } finally {
    page.cleanup();
  }
}

/** @returns null when the page cannot be read */
async function readPage(opened: OpenPdf, number: number, signal: AbortSignal): Promise<Line[] | null> {
  try {
    return await settle([linesOn(opened, number), opened.lost], signal);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof FailureError) throw error;
    return null;
  }
}

/** Without the character maps a Chinese PDF looks just like a scanned one. */
async function hasCharacterMaps({ cMapUrl }: PdfAssets): Promise<boolean> {
  if (!/^https?:/.test(cMapUrl)) return true;
  return fetch(`${cMapUrl}UniGB-UCS2-H.bcmap`).then(
    (response) => response.ok,
    () => false,
  );
}

async function assertText(pages: readonly (readonly Line[] | null)[], assets: PdfAssets): Promise<void> {
  if (pages.some((lines) => lines && lines.length > 0)) return;
  if (pages.every((lines) => lines === null)) throw new FailureError({ kind: 'unreadable-pdf' });
  if (!(await hasCharacterMaps(assets))) throw new FailureError({ kind: 'worker-missing', worker: 'pdf' });
  throw new FailureError({ kind: 'no-text-layer', pages: pages.length });
}

async function textsOf(pages: readonly (readonly Line[])[], signal: AbortSignal): Promise<Page[]> {
  const pause = pacer();
  const heads = runningHeads(pages);
  await pause();
  const texts: Page[] = [];
  for (const [index, lines] of pages.entries()) {
    const body = lines.filter((line) => !heads[index]?.has(line));
    texts.push({ number: index + 1, text: textOf(body) });
    await pause();
    signal.throwIfAborted();
  }
  return texts;
}

/**
 * Reads the text of a PDF: columns in order, words and paragraphs whole, running heads gone.
 * A page that cannot be read is skipped and reported; the rest goes on.
 * @param data handed over: its buffer is detached afterwards
 * @throws FailureError what `openPdf` throws, `no-text-layer` when no page holds text, and
 *   `unreadable-pdf` when no page could be read; the signal's reason when it aborts
 */
export async function* parsePdf(data: Uint8Array, options: ParseOptions): AsyncGenerator<ParseEvent> {
  const { assets, signal, password } = options;
  signal.throwIfAborted();
  const opened = await openPdf(data, assets, { password, signal });
  try {
    const pageCount = opened.pdf.numPages;
    yield { kind: 'opened', pageCount };
    const pause = pacer();
    const read: (Line[] | null)[] = [];
    for (let number = 1; number <= pageCount; number++) {
      signal.throwIfAborted();
      read.push(await readPage(opened, number, signal));
      yield { kind: 'page', number };
      await pause();
    }
    await assertText(read, assets);
    const pages = await textsOf(
      read.map((lines) => lines ?? []),
      signal,
    );
    const unreadablePages = read.flatMap((lines, index) => (lines && lines.length > 0 ? [] : [index + 1]));
    yield { kind: 'parsed', pages, unreadablePages };
  } finally {
    await opened.close();
  }
}
