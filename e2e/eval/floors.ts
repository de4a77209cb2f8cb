import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { amount, type EvalFigure } from './figures.ts';

const FILE = join(import.meta.dirname, 'floors.json');

const Floor = v.strictObject({
  /** Of the figure. */
  id: v.string(),
  min: v.optional(v.number()),
  max: v.optional(v.number()),
  /** Figures that it must exceed. */
  above: v.optional(v.array(v.string()), []),
});
const Floors = v.strictObject({ full: v.array(Floor), short: v.array(Floor) });

export type Floor = v.InferOutput<typeof Floor>;

export function readFloors(which: keyof v.InferOutput<typeof Floors>): Floor[] {
  return v.parse(Floors, JSON.parse(readFileSync(FILE, 'utf8')))[which];
}

/**
 * What lies under its floor, a sentence each. A floor of the retrieval that a random ranking
 * reaches says nothing and counts as a fault, too; so does a figure that was not measured.
 */
export function underFloors(figures: readonly EvalFigure[], floors: readonly Floor[]): string[] {
  const valueOf = (id: string) => figures.find((figure) => figure.id === id)?.all ?? NaN;
  return floors.flatMap(({ id, min = -Infinity, max = Infinity, above }) => {
    const value = valueOf(id);
    if (Number.isNaN(value)) return [`${id} has a floor and was not measured`];
    const shown = amount(value, 'share');
    const isPassedAtRandom = id.startsWith('hybrid.') && !(valueOf(id.replace('hybrid', 'random')) < min);
    return [
      ...(value < min ? [`${id} is ${shown}, its floor ${String(min)}`] : []),
      ...(value > max ? [`${id} is ${shown}, its ceiling ${String(max)}`] : []),
      ...above.filter((leg) => !(value > valueOf(leg))).map((leg) => `${id} is ${shown}, not above ${leg}`),
      ...(isPassedAtRandom ? [`${id}: a random ranking reaches its floor ${String(min)}`] : []),
    ];
  });
}

/** As a table words it. */
export function asGoal({ min, max }: Floor): string {
  return [min === undefined ? '' : `≥ ${String(min)}`, max === undefined ? '' : `≤ ${String(max)}`]
    .join(' ')
    .trim();
}
