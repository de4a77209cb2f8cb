import { quarterTurns, segmentsOf, type Segment, type TextItem } from './text-segments.ts';

/** A line of text as it is read. */
export interface Line extends Segment {
  /** Lines of one column between two headings that span the columns share this number. */
  readonly block: number;
  /** More than one in a row of a table. */
  readonly cells: number;
  /** The edges of the line's block. */
  readonly blockLeft: number;
  readonly blockRight: number;
}

interface Gutter {
  readonly left: readonly Segment[];
  readonly right: readonly Segment[];
  /** Segments that span both columns. */
  readonly across: readonly Segment[];
}

/** In font sizes: narrower gaps are word spaces, narrower columns those of a table. */
const MIN_GUTTER = 0.8;
const MIN_COLUMN = 8;
const MIN_COLUMN_LINES = 3;
/** Prose fills its column, a table's cells do not. */
const MIN_FILL = 0.55;
const GUTTER_STEP = 4;

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
};
const leftOf = (segments: readonly Segment[]): number =>
  segments.reduce((least, { x }) => Math.min(least, x), Infinity);
const rightOf = (segments: readonly Segment[]): number =>
  segments.reduce((most, { right }) => Math.max(most, right), -Infinity);

function isColumn(segments: readonly Segment[], size: number): boolean {
  if (segments.length < MIN_COLUMN_LINES) return false;
  const width = rightOf(segments) - leftOf(segments);
  const fill = median(segments.map(({ x, right }) => right - x)) / width;
  return width >= MIN_COLUMN * size && fill >= MIN_FILL;
}

function stand(side: readonly Segment[], other: readonly Segment[]): boolean {
  const top = Math.min(side[0]?.y ?? 0, other[0]?.y ?? 0);
  const bottom = Math.max(side.at(-1)?.y ?? 0, other.at(-1)?.y ?? 0);
  return top > bottom;
}

function gutterAt(at: number, segments: readonly Segment[], size: number): Gutter | null {
  const left = segments.filter((segment) => segment.right <= at);
  const right = segments.filter((segment) => segment.x >= at);
  const across = segments.filter((segment) => segment.x < at && segment.right > at);
  if (across.length > left.length + right.length) return null;
  if (leftOf(right) - rightOf(left) < MIN_GUTTER * size) return null;
  if (!isColumn(left, size) || !isColumn(right, size) || !stand(left, right)) return null;
  return { left, right, across };
}

/** The gutter that the fewest segments cross. */
function findGutter(segments: readonly Segment[]): Gutter | null {
  const size = median(segments.map((segment) => segment.size));
  const end = rightOf(segments) - MIN_COLUMN * size;
  let best: Gutter | null = null;
  for (let at = leftOf(segments) + MIN_COLUMN * size; at < end; at += GUTTER_STEP) {
    const found = gutterAt(at, segments, size);
    if (found && (!best || found.across.length < best.across.length)) best = found;
  }
  return best;
}

/** Blocks in reading order: down the left column, then the right, between what spans both. */
function blocksOf(segments: readonly Segment[]): Segment[][] {
  const gutter = segments.length < 2 * MIN_COLUMN_LINES ? null : findGutter(segments);
  if (!gutter) return [[...segments]];
  const blocks: Segment[][] = [];
  let above = Infinity;
  for (const across of [...gutter.across, null]) {
    const below = across?.y ?? -Infinity;
    const isHere = ({ y }: Segment): boolean => y <= above && y > below;
    for (const column of [gutter.left, gutter.right]) {
      const here = column.filter(isHere);
      if (here.length > 0) blocks.push(...blocksOf(here));
    }
    if (across) blocks.push([across]);
    above = below;
  }
  return blocks;
}

function joinRow(row: readonly Segment[]): Segment {
  const cells = row.toSorted((a, b) => a.x - b.x);
  const main = cells.reduce((longest, cell) => (cell.text.length > longest.text.length ? cell : longest));
  return {
    ...main,
    items: cells.flatMap(({ items }) => items),
    text: cells.map(({ text }) => text).join(' '),
    x: leftOf(cells),
    right: rightOf(cells),
  };
}

/** Puts the segments of a block that share a baseline on one line. */
function linesIn(segments: readonly Segment[], block: number): Line[] {
  const rows: Segment[][] = [];
  for (const segment of segments) {
    const row = rows.at(-1);
    const first = row?.[0];
    if (row && first && first.y - segment.y <= 0.35 * first.size) row.push(segment);
    else rows.push([segment]);
  }
  const edges = { blockLeft: leftOf(segments), blockRight: rightOf(segments) };
  return rows.map((row) => ({ ...joinRow(row), ...edges, block, cells: row.length }));
}

/** Consecutive blocks of one spanning line each are one block again. */
function rejoined(blocks: readonly Segment[][]): Segment[][] {
  const made: Segment[][] = [];
  let wasSingle = false;
  for (const block of blocks) {
    const isSingle = block.length === 1;
    if (isSingle && wasSingle) made.at(-1)?.push(...block);
    else made.push([...block]);
    wasSingle = isSingle;
  }
  return made;
}

/**
 * A page's lines in the order they are read: columns one after the other, text that runs in
 * another direction than most (stamps, axis labels) last. Turned pages read like upright ones.
 */
export function linesOf(items: readonly TextItem[]): Line[] {
  const directions: TextItem[][] = [[], [], [], []];
  for (const item of items) directions[quarterTurns(item)]?.push(item);
  const lengthOf = (turned: readonly TextItem[]): number =>
    turned.reduce((sum, { str }) => sum + str.trim().length, 0);
  return directions
    .toSorted((a, b) => lengthOf(b) - lengthOf(a))
    .flatMap((turned) => rejoined(blocksOf(segmentsOf(turned))))
    .flatMap((block, index) => linesIn(block, index));
}
