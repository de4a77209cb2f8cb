import { describe, expect, it } from 'vitest';
import type { EvalFigure } from './figures.ts';
import { readFloors, underFloors, type Floor } from './floors.ts';

const figure = (id: string, all: number): EvalFigure => ({
  id,
  label: id,
  unit: 'share',
  count: 1,
  all,
  en: all,
  zh: all,
});
const floor = (change: Partial<Floor>): Floor => ({ id: 'hybrid.mrr', above: [], ...change });
const figures = (all: number) => [
  figure('hybrid.mrr', all),
  figure('random.mrr', 0.1),
  figure('vectors.mrr', 0.6),
];

describe('a floor', () => {
  it('holds what lies on it, and nothing below', () => {
    expect(underFloors(figures(0.7), [floor({ min: 0.7 })])).toEqual([]);
    expect(underFloors(figures(0.69), [floor({ min: 0.7 })])).toHaveLength(1);
  });

  it('is a fault when a random ranking reaches it', () => {
    expect(underFloors(figures(0.7), [floor({ min: 0.1 })])).toEqual([
      'hybrid.mrr: a random ranking reaches its floor 0.1',
    ]);
  });

  it('may ask for more than another figure', () => {
    expect(underFloors(figures(0.6), [floor({ min: 0.5, above: ['vectors.mrr'] })])).toHaveLength(1);
    expect(underFloors(figures(0.7), [floor({ min: 0.5, above: ['vectors.mrr'] })])).toEqual([]);
    expect(underFloors(figures(0.7), [floor({ min: 0.5, above: ['keywords.mrr'] })])).toHaveLength(1);
  });

  it('may be a ceiling', () => {
    expect(underFloors([figure('answer.bad', 0.2)], [floor({ id: 'answer.bad', max: 0.1 })])).toHaveLength(1);
    expect(underFloors([figure('answer.bad', 0.1)], [floor({ id: 'answer.bad', max: 0.1 })])).toEqual([]);
  });

  it('is missed by what was not measured', () => {
    expect(underFloors([], [floor({ min: 0.1 })])).toEqual(['hybrid.mrr has a floor and was not measured']);
  });
});

it('stands in the file for the full and the short version', () => {
  expect([readFloors('full').length, readFloors('short').length]).not.toContain(0);
});
