import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fillReadme } from '../fill-readme.ts';
import { amount, type EvalFigure } from './figures.ts';
import { asGoal, type Floor } from './floors.ts';

const RESULTS = join(import.meta.dirname, 'results.json');

/** Of the whole golden set. Without a date: the same app on the same machine gives the same file but for the times. */
export interface EvalResults {
  readonly machine: string;
  /** Only what was found on the judged half counts: the app was tuned on the other. */
  readonly judge: readonly EvalFigure[];
  readonly tune: readonly EvalFigure[];
}

/** Writes `results.json` and the README's table. */
export async function publish(results: EvalResults, floors: readonly Floor[]): Promise<void> {
  writeFileSync(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
  await fillReadme('eval', `${results.machine}.\n\n${asTable(results, floors)}`);
}

function asTable({ judge, tune }: EvalResults, floors: readonly Floor[]): string {
  const rows = judge.map(({ id, label, unit, all, en, zh }) => {
    const floor = floors.find((each) => each.id === id);
    const tuned = tune.find((each) => each.id === id)?.all ?? null;
    const values = [all, en, zh, tuned].map((value) => amount(value, unit));
    return `| ${[label, ...values, floor ? asGoal(floor) : ''].join(' | ')} |`;
  });
  const head = '| Figure | Judged half | English | 简体中文 | Tuned half | Floor |';
  return [head, '| --- | ---: | ---: | ---: | ---: | --- |', ...rows].join('\n');
}
