import type { PDFPageView } from 'pdfjs-dist/legacy/web/pdf_viewer.mjs';
import { locatePassage, type Piece } from '../../ingestion/locate-passage.ts';
import { textItemsOf } from '../../ingestion/open-pdf.ts';
import type { TextItem } from '../../ingestion/text-segments.ts';
import type { Evidence } from '../../state/source.svelte.ts';
import { evidenceOnPage } from './evidence-on-page.ts';

/** What pdf.js's text layer gives to each item that is not empty. */
const ITEM = 'span[role="presentation"]';

/** A part of an element's text; the find field may have split it into several nodes. */
function rangeIn(element: Element, start: number, end: number): Range {
  const range = new Range();
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let at = 0;
  let hasStart = false;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = node.nodeValue?.length ?? 0;
    if (!hasStart && start < at + length) {
      range.setStart(node, start - at);
      hasStart = true;
    }
    if (hasStart && end <= at + length) {
      range.setEnd(node, end - at);
      break;
    }
    at += length;
  }
  return range;
}

/** Along the line the range's own extent; across it the item's, since fonts reach over their line. */
function boxOf(element: Element, { start, end }: Piece): DOMRect {
  const range = rangeIn(element, start, end).getBoundingClientRect();
  const item = element.getBoundingClientRect();
  const [left, top] = [Math.max(range.left, item.left), Math.max(range.top, item.top)];
  const right = Math.min(range.right, item.right);
  return new DOMRect(left, top, right - left, Math.min(range.bottom, item.bottom) - top);
}

function around(boxes: readonly DOMRect[]): DOMRect {
  const left = Math.min(...boxes.map((box) => box.left));
  const top = Math.min(...boxes.map((box) => box.top));
  const right = Math.max(...boxes.map((box) => box.right));
  const bottom = Math.max(...boxes.map((box) => box.bottom));
  return new DOMRect(left, top, right - left, bottom - top);
}

/** Places are shares of the page, so that they fit at every zoom. */
function markOver({ left, top, width, height }: DOMRect, page: DOMRect): HTMLElement {
  const mark = document.createElement('div');
  mark.style.left = `${(100 * (left - page.left)) / page.width}%`;
  mark.style.top = `${(100 * (top - page.top)) / page.height}%`;
  mark.style.width = `${(100 * width) / page.width}%`;
  mark.style.height = `${(100 * height) / page.height}%`;
  return mark;
}

/** The text layer's elements by the items' positions; null when they do not go together. */
function elementsOf(textLayer: HTMLElement, items: readonly TextItem[]): Map<number, Element> | null {
  const elements = [...textLayer.querySelectorAll(ITEM)];
  const filled = items.flatMap(({ str }, position) => (str === '' ? [] : [position]));
  if (elements.length !== filled.length) return null;
  return new Map(elements.map((element, index) => [filled[index] ?? -1, element]));
}

/**
 * Lays a box over each line of the evidence on a drawn page, in the place of older ones.
 * @param isWanted asked once more before anything is shown: reading the page takes a moment
 * @returns null when nothing of it stands on this page, or not with certainty
 */
export async function markEvidence(
  { pdfPage, div: page, textLayer }: PDFPageView,
  pageNumber: number,
  evidence: Evidence,
  isWanted: () => boolean,
): Promise<HTMLElement | null> {
  const here = evidenceOnPage(evidence, pageNumber);
  if (!here || !textLayer) return null;
  const items = await textItemsOf(pdfPage, true);
  const elements = elementsOf(textLayer.div, items);
  const lines = locatePassage(items, here.passage, here.part);
  if (!elements || lines.length === 0 || !page.contains(textLayer.div) || !isWanted()) return null;
  const marks = document.createElement('div');
  marks.className = 'evidence';
  const whole = page.getBoundingClientRect();
  for (const pieces of lines) {
    const boxes = pieces.flatMap((piece) => {
      const element = elements.get(piece.item);
      return element ? [boxOf(element, piece)] : [];
    });
    marks.append(markOver(around(boxes), whole));
  }
  page.querySelector('.evidence')?.remove();
  textLayer.div.before(marks);
  return marks;
}
