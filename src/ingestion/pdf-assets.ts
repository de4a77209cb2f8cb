import workerUrl from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url';
import type { PdfAssets } from './open-pdf.ts';

const absolute = (path: string): string => new URL(path, document.baseURI).href;

/** The parts of pdf.js as this app serves them: `vite.config.ts` copies them to `pdfjs/`. */
export function servedPdfAssets(): PdfAssets {
  const folder = (name: string): string => absolute(`${import.meta.env.BASE_URL}pdfjs/${name}/`);
  return {
    workerSrc: absolute(workerUrl),
    cMapUrl: folder('cmaps'),
    standardFontDataUrl: folder('standard_fonts'),
    wasmUrl: folder('wasm'),
    iccUrl: folder('iccs'),
  };
}
