import type { Line } from './reading-order.ts';

/** A head or foot has fewer lines than this: where so many return, the page itself is a repeated one. */
const EDGE_LINES = 4;
/** Pages before and after one that are compared with it: heads change with the chapter. */
const REACH = 4;
/** Left and right pages take turns: a little less than half of the pages around. */
const MIN_SHARE = 0.4;
const MIN_PAGES = 2;
/** Points that a running head may move from page to page. */
const PLAY = 3;

interface Edge {
  readonly line: Line;
  readonly key: string;
}

/** Digits and Roman page numbers count as the same from page to page. */
function keyOf(text: string): string {
  const bare = text.replace(/\s+/g, '').toLowerCase().replace(/\d+/g, '#');
  return /^[-–—.]*[ivxlc]+[-–—.]*$/.test(bare) ? '#' : bare;
}

function edgesOf(lines: readonly Line[]): { top: Edge[]; bottom: Edge[] } {
  const sorted = lines.toSorted((a, b) => b.y - a.y);
  const keyed = (edge: readonly Line[]): Edge[] => edge.map((line) => ({ line, key: keyOf(line.text) }));
  return {
    top: keyed(sorted.slice(0, EDGE_LINES)),
    bottom: keyed(sorted.slice(-EDGE_LINES).toReversed()),
  };
}

function isSame(a: Edge, b: Edge): boolean {
  const isNear = Math.abs(a.line.y - b.line.y) <= PLAY && Math.abs(a.line.size - b.line.size) <= 1;
  return isNear && a.key === b.key;
}

/** The outermost lines of a page that its neighbours have too. */
function repeatedOn(page: number, edges: readonly (readonly Edge[])[]): Line[] {
  const around = edges.slice(Math.max(0, page - REACH), page + REACH + 1);
  const needed = Math.max(MIN_PAGES, Math.ceil(around.length * MIN_SHARE));
  const own = edges[page] ?? [];
  const isRepeated = (edge: Edge): boolean => {
    const count = around.filter((other) => other.some((each) => isSame(edge, each))).length;
    return count >= (edge.key === '#' ? MIN_PAGES : needed);
  };
  const end = own.findIndex((edge) => !isRepeated(edge));
  return own.slice(0, Math.max(end, 0)).map(({ line }) => line);
}

/**
 * Finds the running heads and feet, page numbers among them: the outermost lines of a page that
 * return on most of the pages around it, whatever digits they hold.
 * @returns for each page the lines to leave out
 */
export function runningHeads(pages: readonly (readonly Line[])[]): ReadonlySet<Line>[] {
  const edges = pages.map(edgesOf);
  const tops = edges.map(({ top }) => top);
  const bottoms = edges.map(({ bottom }) => bottom);
  return pages.map((_, page) => new Set([...repeatedOn(page, tops), ...repeatedOn(page, bottoms)]));
}
