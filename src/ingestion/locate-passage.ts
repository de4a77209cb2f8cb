import { linesOf } from './reading-order.ts';
import type { TextItem } from './text-segments.ts';

/** CSS pixels from the top left corner of the drawn page. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The part of an item that belongs to the passage, as shares of its length, 0 to 1. */
interface Piece {
  readonly item: TextItem;
  readonly from: number;
  readonly to: number;
}

/** A font's usual reach above and below the baseline, in font sizes. */
const ASCENT = 0.85;
const DESCENT = 0.22;

/** What parsing may have taken out or put in: white space, hyphens, control characters. */

const IGNORED = /[\s\u0000-\u001f\u007f\u00ad\u2010\ufffe\uffff-]/;

const bare = (text: string): string => [...text].filter((character) => !IGNORED.test(character)).join('');

/** Rough width of a character in most fonts, in thirds of a Han character. */
function widthOfCharacter(character: string): number {
  if (character >= '\u2e80') return 3;
  if (/[iljtfrI.,;:'’!|()[\] ]/.test(character)) return 0.9;
  if (/[mwMW—…]/.test(character)) return 2.3;
  return /[A-Z]/.test(character) ? 1.9 : 1.5;
}

const widthOf = (text: string): number =>
  [...text].reduce((sum, character) => sum + widthOfCharacter(character), 0);

/** The place in `text` before which `count` characters are not ignored. */
function offsetOf(text: string, count: number): number {
  let left = count;
  let offset = 0;
  for (const character of text) {
    if (left <= 0) break;
    if (!IGNORED.test(character)) left -= character.length;
    offset += character.length;
  }
  return offset;
}

function pieceOf(item: TextItem, from: number, to: number): Piece {
  const whole = widthOf(item.str) || 1;
  const end = offsetOf(item.str, to);
  let start = offsetOf(item.str, from);
  while (start < end && IGNORED.test(item.str.charAt(start))) start++;
  return {
    item,
    from: widthOf(item.str.slice(0, start)) / whole,
    to: widthOf(item.str.slice(0, end)) / whole,
  };
}

/**
 * Finds a passage among a page's items.
 * @returns empty when it is not there, or there more than once: nothing certain can be shown
 */
function find(items: readonly TextItem[], passage: string): Piece[] {
  const ordered = linesOf(items).flatMap((line) => line.items);
  const texts = ordered.map(({ str }) => bare(str));
  const all = texts.join('');
  const wanted = bare(passage);
  const start = wanted === '' ? -1 : all.indexOf(wanted);
  if (start === -1 || all.includes(wanted, start + 1)) return [];
  const end = start + wanted.length;
  let at = 0;
  return ordered.flatMap((item, index) => {
    const length = texts[index]?.length ?? 0;
    const from = Math.max(start - at, 0);
    const to = Math.min(end - at, length);
    at += length;
    return from < to ? [pieceOf(item, from, to)] : [];
  });
}

/** Corners in PDF points that span the piece. */
function cornersOf({ item, from, to }: Piece): [number, number][] {
  const [a = 1, b = 0, , , x = 0, y = 0] = item.transform;
  if (item.dir === 'ttb') {
    const half = item.width / 2;
    const [top, bottom] = [y - item.height * from, y - item.height * to];
    return [
      [x - half, top],
      [x + half, bottom],
    ];
  }
  const scale = Math.hypot(a, b) || 1;
  const [dx, dy] = [a / scale, b / scale];
  return [item.width * from, item.width * to].flatMap((along) =>
    [ASCENT, -DESCENT].map((up): [number, number] => [
      x + dx * along - dy * up * item.height,
      y + dy * along + dx * up * item.height,
    ]),
  );
}

function rectangleOf(piece: Piece, transform: readonly number[]): Rectangle {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = transform;
  const corners = cornersOf(piece);
  const xs = corners.map(([x, y]) => a * x + c * y + e);
  const ys = corners.map(([x, y]) => b * x + d * y + f);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

/** One rectangle where two lie on a line side by side. */
function joined(rectangles: readonly Rectangle[]): Rectangle[] {
  const made: Rectangle[] = [];
  for (const next of rectangles) {
    const last = made.at(-1);
    const gap = last ? next.x - (last.x + last.width) : Infinity;
    if (last && Math.abs(last.y - next.y) < next.height * 0.3 && Math.abs(gap) < next.height) {
      const y = Math.min(last.y, next.y);
      const bottom = Math.max(last.y + last.height, next.y + next.height);
      made[made.length - 1] = { x: last.x, y, width: next.x + next.width - last.x, height: bottom - y };
    } else made.push(next);
  }
  return made;
}

/**
 * Where a passage stands on a drawn page, line by line.
 * @param items the page's, by `textItemsOf`
 * @param transform the viewport's: PDF points to CSS pixels
 * @param passage text of one page, as `parsePdf` gave it
 * @returns empty when the passage cannot be located with certainty
 */
export function passageRectangles(
  items: readonly TextItem[],
  transform: readonly number[],
  passage: string,
): Rectangle[] {
  return joined(find(items, passage).map((piece) => rectangleOf(piece, transform)));
}
