import type { Range } from '../domain/sentence-ranges.ts';
import { linesOf } from './reading-order.ts';
import type { TextItem } from './text-segments.ts';

/** A part of one of a page's items: UTF-16 offsets into its `str`, `end` exclusive. */
export interface Piece extends Range {
  /** Position in the page's items. */
  readonly item: number;
}

/** A character as it is compared: UTF-16 offsets of where it came from. */
interface Bare extends Range {
  readonly text: string;
}

/** What parsing may have taken out or put in: white space, hyphens, control characters. */
const IGNORED = /[\s\u0000-\u001f\u007f\u00ad\u2010\ufffe\uffff-]/g;

/** pdf.js resolves ligatures and the like when a page is parsed, but not when it is drawn. */
function bare(text: string): Bare[] {
  let end = 0;
  return Array.from(text, (character) => {
    const start = end;
    end += character.length;
    return { text: character.normalize('NFKC').replace(IGNORED, ''), start, end };
  }).filter(({ text }) => text !== '');
}

const joined = (characters: readonly Bare[]): string => characters.map(({ text }) => text).join('');

/** The characters of a page in reading order, each with its item and its line. */
function charactersOf(
  items: readonly TextItem[],
): (Bare & { readonly item: number; readonly line: number })[] {
  const positions = new Map(items.map((item, position) => [item, position]));
  return linesOf(items).flatMap((line, number) =>
    line.items.flatMap((item) =>
      bare(item.str).map((character) => ({ ...character, item: positions.get(item) ?? -1, line: number })),
    ),
  );
}

/** Where `wanted` stands in `all`; null when it is not there, or there more than once. */
function placeOf(wanted: string, all: string): Range | null {
  const start = wanted === '' ? -1 : all.indexOf(wanted);
  if (start === -1 || all.includes(wanted, start + 1)) return null;
  return { start, end: start + wanted.length };
}

/** The place of the part, by way of the whole: a short sentence may stand on the page twice. */
function placeOfPart(passage: string, part: Range, all: string): Range | null {
  const before = joined(bare(passage.slice(0, part.start)));
  const wanted = joined(bare(passage.slice(part.start, part.end)));
  const whole = placeOf(joined(bare(passage)), all);
  if (!whole || wanted === '') return placeOf(wanted, all);
  const start = whole.start + before.length;
  return { start, end: start + wanted.length };
}

/**
 * Where a part of a passage stands on its page, line by line.
 * @param items the page's, by `textItemsOf`
 * @param passage text of this page, as `parsePdf` gave it
 * @param part UTF-16 offsets into `passage`
 * @returns empty when it cannot be located with certainty
 */
export function locatePassage(items: readonly TextItem[], passage: string, part: Range): Piece[][] {
  const characters = charactersOf(items);
  const place = placeOfPart(passage, part, joined(characters));
  if (!place) return [];
  const lines = new Map<number, Piece[]>();
  let at = 0;
  for (const { text, item, line, start, end } of characters) {
    const isInside = at < place.end && at + text.length > place.start;
    at += text.length;
    if (!isInside) continue;
    const pieces = lines.get(line) ?? [];
    const last = pieces.at(-1);
    if (last?.item === item) pieces[pieces.length - 1] = { ...last, end };
    else pieces.push({ item, start, end });
    lines.set(line, pieces);
  }
  return [...lines.values()];
}
