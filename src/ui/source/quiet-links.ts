import { PDFLinkService } from 'pdfjs-dist/legacy/web/pdf_viewer.mjs';

/** Follows links inside the document; one that leads out of it only tells where it would lead. */
export class QuietLinks extends PDFLinkService {
  override addLinkAttributes(link: HTMLAnchorElement, url: string): void {
    link.removeAttribute('href');
    link.title = url;
  }
}
