import type { Page } from '@playwright/test';

/** What lies under the marks of a page. */
export interface Marked {
  /** 1-based. */
  readonly page: number;
  /** Every character whose middle is marked, without white space and hyphens. */
  readonly text: string;
  /** The least inked mark: its share of dark pixels on the drawn page. */
  readonly ink: number;
  /** Whether the first mark is in sight. */
  readonly isInSight: boolean;
}

/** White space and hyphens differ between a passage and its lines on the page. */
export const bare = (text: string): string => text.normalize('NFKC').replace(/[\s\u00ad\u2010-]/g, '');

/** Reads each marked page by where things are on the screen, not by how the app found them. */
export async function marked(page: Page): Promise<Marked[]> {
  const pages = await page.evaluate(() => {
    const holds = (box: DOMRect, x: number, y: number) =>
      x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;

    function textUnder(layer: Element, boxes: readonly DOMRect[]): string {
      const walker = document.createTreeWalker(layer, NodeFilter.SHOW_TEXT);
      const found: { readonly character: string; readonly box: number }[] = [];
      const range = new Range();
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        for (let at = 0; at < (node.nodeValue?.length ?? 0); at++) {
          range.setStart(node, at);
          range.setEnd(node, at + 1);
          const { left, top, width, height } = range.getBoundingClientRect();
          const box = boxes.findIndex((each) => holds(each, left + width / 2, top + height / 2));
          if (box >= 0) found.push({ character: range.toString(), box });
        }
      }
      // Boxes come in the order of reading; pages may be drawn in another.
      return found
        .toSorted((a, b) => a.box - b.box)
        .map(({ character }) => character)
        .join('');
    }

    function inkUnder(canvas: HTMLCanvasElement, box: DOMRect): number {
      const whole = canvas.getBoundingClientRect();
      const scale = canvas.width / whole.width;
      const [x, y] = [(box.left - whole.left) * scale, (box.top - whole.top) * scale];
      const image = canvas.getContext('2d')?.getImageData(x, y, box.width * scale, box.height * scale);
      const values = image?.data.filter((_, index) => index % 4 === 0) ?? [];
      return values.filter((value) => value < 128).length / values.length;
    }

    return [...document.querySelectorAll('.pdfViewer .page')].flatMap((each) => {
      const boxes = [...each.querySelectorAll('.evidence > div')].map((mark) => mark.getBoundingClientRect());
      const [layer, canvas] = [each.querySelector('.textLayer'), each.querySelector('canvas')];
      const sight = each.closest('.scroller')?.getBoundingClientRect();
      const [first] = boxes;
      if (!first || !layer || !canvas || !sight) return [];
      return {
        page: Number(each.getAttribute('data-page-number')),
        text: textUnder(layer, boxes),
        ink: Math.min(...boxes.map((box) => inkUnder(canvas, box))),
        isInSight:
          holds(sight, first.left + 1, first.top + 1) && holds(sight, first.right - 1, first.bottom - 1),
      };
    });
  });
  return pages.map((each) => ({ ...each, text: bare(each.text) }));
}
