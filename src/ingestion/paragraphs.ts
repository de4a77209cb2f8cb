import type { Line } from './reading-order.ts';

const SENTENCE_END = /[.!?…。！？:：;；]["'”’」』）)\]]*$/;
const LIST_ITEM = /^(?:[•▪◦●○■□–—*·]|\(?\d{1,3}[.)]|[（(]?[一二三四五六七八九十]+[、）)])\s*\S/u;
const LINE_HYPHEN = /\p{L}[-\u00ad\u2010]$/u;
/** Words whose hyphen at a line's end was there before the line was broken. */
const COMPOUND = /(?:^|[^\p{L}])(?:self|well|half|non|ex|high|low|long|short|cross|all|\S*-\S*)-$/iu;
const CJK = '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\u3000-\\u303f\\uff00-\\uffef]';
// The quotation marks are shared with Latin.
const CJK_END = new RegExp(`${CJK}[”’]?$`, 'u');
const CJK_OPEN = /[“‘]$/;
const CJK_START = new RegExp(`^[“‘”’]?${CJK}`, 'u');

/** Usual distance of two baselines, or 0 with too few lines. */
function leadingOf(lines: readonly Line[]): number {
  const steps: number[] = [];
  for (const [index, line] of lines.entries()) {
    const before = lines[index - 1];
    if (before && before.block === line.block && before.y > line.y) steps.push(before.y - line.y);
  }
  return steps.toSorted((a, b) => a - b)[Math.floor(steps.length / 2)] ?? 0;
}

function isOtherSize(before: Line, line: Line): boolean {
  return Math.max(before.size, line.size) / Math.min(before.size, line.size) > 1.12;
}

/** A column's end breaks a paragraph unless the sentence plainly goes on. */
function goesOn(before: Line, line: Line): boolean {
  if (SENTENCE_END.test(before.text)) return false;
  return /^\p{Ll}/u.test(line.text) || (CJK_END.test(before.text) && CJK_START.test(line.text));
}

function isShort(line: Line): boolean {
  return line.right < line.blockRight - 0.2 * (line.blockRight - line.blockLeft);
}

function beginsParagraph(before: Line, line: Line, leading: number): boolean {
  if (isOtherSize(before, line) || LIST_ITEM.test(line.text)) return true;
  if (before.block !== line.block) return !goesOn(before, line);
  if (before.y - line.y > Math.max(leading * 1.35, line.size * 1.45)) return true;
  if (before.font !== line.font && isShort(before) && !goesOn(before, line)) return true;
  const isIndented = line.x - Math.min(before.x, line.blockLeft) > line.size * 0.8;
  if (isIndented && before.x - line.blockLeft < line.size * 0.8) {
    return SENTENCE_END.test(before.text) || isShort(before);
  }
  return isShort(before) && SENTENCE_END.test(before.text);
}

function isTable(before: Line, line: Line): boolean {
  return before.cells > 1 || line.cells > 1;
}

function continued(text: string, next: string): string {
  if (LINE_HYPHEN.test(text) && /^\p{Ll}/u.test(next)) {
    return (COMPOUND.test(text) ? text : text.slice(0, -1)) + next;
  }
  const isCjk = (CJK_END.test(text) || CJK_OPEN.test(text)) && CJK_START.test(next);
  return isCjk ? text + next : `${text} ${next}`;
}

/**
 * The text of a page from its lines: paragraphs and headings apart by an empty line, rows of a
 * table by a line feed, lines of a paragraph by a space (by nothing in Chinese), and the hyphens
 * of broken words gone.
 */
export function textOf(lines: readonly Line[]): string {
  const leading = leadingOf(lines);
  let text = '';
  let before: Line | null = null;
  for (const line of lines) {
    if (!before) text = line.text;
    else if (beginsParagraph(before, line, leading)) text += `\n\n${line.text}`;
    else if (isTable(before, line)) text += `\n${line.text}`;
    else text = continued(text, line.text);
    before = line;
  }
  return text;
}
