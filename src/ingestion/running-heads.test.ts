import { expect, it } from 'vitest';
import type { Line } from './reading-order.ts';
import { runningHeads } from './running-heads.ts';

function page(...texts: string[]): Line[] {
  return texts.map((text, index) => ({
    text,
    x: 50,
    right: 300,
    y: 800 - index * 12,
    size: 10,
    font: 'f1',
    items: [],
    block: 0,
    cells: 1,
    blockLeft: 50,
    blockRight: 300,
  }));
}

const kept = (pages: readonly Line[][]): string[][] =>
  runningHeads(pages).map((heads, index) =>
    (pages[index] ?? []).filter((line) => !heads.has(line)).map(({ text }) => text),
  );
const body = (n: number): string[] =>
  ['one', 'two', 'three', 'four', 'five'].map((word) => `${word} of ${'abcdefghij'[n]}`);

it('drops heads and page numbers, also where left and right pages take turns', () => {
  const pages = Array.from({ length: 10 }, (_, n) =>
    page(n % 2 ? 'Lighthouses' : 'Chapter One', ...body(n), `– ${n + 1} –`),
  );
  expect(kept(pages)).toEqual(pages.map((_, n) => body(n)));
});

it('drops Roman page numbers and heads of two lines', () => {
  const numbers = ['i', 'ii', 'iii', 'iv', 'v'];
  const pages = numbers.map((number, n) => page('Quire', 'Yearly report', ...body(n), number));
  expect(kept(pages)).toEqual(numbers.map((_, n) => body(n)));
});

it('keeps a head on a page that does not have it, and lines that stand elsewhere', () => {
  const title = page('A title', ...body(0));
  const pages = [title, ...[1, 2, 3].map((n) => page('Head', ...body(n)))];
  expect(kept(pages)).toEqual([['A title', ...body(0)], body(1), body(2), body(3)]);
  const low = page('x', 'y', 'z', 'w', 'v', 'Head');
  expect(kept([low, ...pages.slice(1)])[0]).toContain('Head');
});

it('keeps pages that are repeated as a whole, and a single page', () => {
  const pages = [page(...body(1)), page(...body(1)), page(...body(1))];
  expect(kept(pages)).toEqual([body(1), body(1), body(1)]);
  expect(kept([page('Head', '1')])).toEqual([['Head', '1']]);
});
