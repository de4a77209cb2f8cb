/** What pdf.js says about a piece of text (its `TextItem`), as far as layout needs it. */
export interface TextItem {
  readonly str: string;
  /** `ttb` for vertical writing. */
  readonly dir: string;
  /** PDF text matrix: a, b, c, d, x, y in points, y upwards. */
  readonly transform: readonly number[];
  /** Points along the line. */
  readonly width: number;
  /** Points across the line. */
  readonly height: number;
  readonly fontName: string;
}

/** Neighbouring items of one baseline, in the text's own frame: x along the line, y up. */
export interface Segment {
  readonly text: string;
  readonly x: number;
  readonly right: number;
  /** The baseline. */
  readonly y: number;
  /** Font size in points. */
  readonly size: number;
  readonly font: string;
  /** What it was joined from, in reading order. */
  readonly items: readonly TextItem[];
}

const HAN = '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\u3000-\\u303f\\uff00-\\uffef]';
const SPACE_IN_HAN = new RegExp(`(?<=${HAN})\\s+(?=${HAN})`, 'gu');

const CONTROLS = /[\u0000-\u0008\u000e-\u001f\u007f\ufffe\uffff]/g;

/** Quarter turns of an item's baseline, counterclockwise: 0 to 3. Vertical writing runs downwards. */
export function quarterTurns(item: TextItem): number {
  if (item.dir === 'ttb') return 3;
  const [a = 1, b = 0] = item.transform;
  return (Math.round(Math.atan2(b, a) / (Math.PI / 2)) + 4) % 4;
}

/** Brings an item into its own frame, where text runs rightwards and lines go down. */
function framed(item: TextItem): Segment {
  const [a = 1, b = 0, , , e = 0, f = 0] = item.transform;
  const frame: readonly (readonly [number, number])[] = [
    [e, f],
    [f, -e],
    [-e, -f],
    [-f, e],
  ];
  const [x, y] = frame[quarterTurns(item)] ?? [e, f];
  const vertical = item.dir === 'ttb';
  const right = x + (vertical ? item.height : item.width);
  const size = (vertical ? item.width : item.height) || Math.hypot(a, b) || 1;
  return { text: item.str.replace(CONTROLS, ''), x, right, y, size, font: item.fontName, items: [item] };
}

const isSpace = (text: string): boolean => text.trim() === '';

function follows(before: Segment, next: Segment, maxGap: number): boolean {
  const size = Math.max(before.size, next.size);
  const isScript = Math.min(before.size, next.size) < size * 0.85;
  const gap = next.x - before.right;
  return Math.abs(next.y - before.y) <= size * (isScript ? 0.5 : 0.3) && gap > -size && gap < size * maxGap;
}

/** The same text drawn twice at nearly one place makes bold type in some programs. */
function isShadow(before: Segment, next: Segment): boolean {
  return (
    before.text.endsWith(next.text) &&
    Math.abs(before.right - next.right) < next.size * 0.2 &&
    Math.abs(before.y - next.y) < next.size * 0.2
  );
}

function merged(before: Segment, next: Segment, spaced: boolean): Segment {
  const isSpaced = spaced || next.x - before.right > Math.max(before.size, next.size) * 0.18;
  const glue = isSpaced && !/\s$/.test(before.text) && !/^\s/.test(next.text) ? ' ' : '';
  const main = next.text.length > before.text.length ? next : before;
  return {
    ...main,
    items: [...before.items, ...next.items],
    text: before.text + glue + next.text,
    x: before.x,
    right: Math.max(before.right, next.right),
  };
}

/** Joins what the content stream draws one after the other on a line. */
function inStreamOrder(items: readonly TextItem[]): Segment[] {
  const made: Segment[] = [];
  let open: Segment | null = null;
  let spaced = false;
  for (const item of items) {
    const next = framed(item);
    if (isSpace(next.text)) {
      spaced ||= next.text !== '';
      continue;
    }
    if (open && isShadow(open, next)) continue;
    if (open && follows(open, next, 1.2)) open = merged(open, next, spaced);
    else {
      if (open) made.push(open);
      open = next;
    }
    spaced = false;
  }
  return open ? [...made, open] : made;
}

/** Joins what stands close on a line though it was drawn in another order. */
function byPlace(segments: readonly Segment[]): Segment[] {
  const made: Segment[] = [];
  for (const next of segments.toSorted((a, b) => b.y - a.y || a.x - b.x)) {
    const at = made.findLastIndex((before, index) => index >= made.length - 8 && follows(before, next, 0.5));
    const before = made[at];
    if (before) made[at] = merged(before, next, false);
    else made.push(next);
  }
  return made;
}

/** The segments of items that all run in one direction, from top to bottom. */
export function segmentsOf(items: readonly TextItem[]): Segment[] {
  return byPlace(inStreamOrder(items)).map((segment) => ({
    ...segment,
    text: segment.text.replace(/\s+/g, ' ').replace(SPACE_IN_HAN, '').trim(),
  }));
}
