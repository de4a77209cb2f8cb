import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { fillReadme } from '../fill-readme.ts';
import { engineChart } from './chart.ts';
import { asTable, type Figure } from './figures.ts';

const RESULTS = join(import.meta.dirname, 'results.json');
/** Shown by the README. */
const CHART = join(import.meta.dirname, 'engine.svg');

export interface Results {
  /** CPU, cores, memory and browser. */
  readonly machine: string;
  readonly measuredAt: string;
  /** Processes wanting a core in the last minute before the first figure: others share the machine. */
  readonly loadBefore: number;
  readonly figures: readonly Figure[];
}

export async function describeMachine(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  const { product } = await session.send('Browser.getVersion');
  await session.detach();
  const model = cpus()[0]?.model.trim() ?? 'unknown CPU';
  const memory = `${String(Math.round(totalmem() / 2 ** 30))} GiB`;
  return `${model}, ${String(cpus().length)} cores, ${memory}, ${product.replace('/', ' ')}, headless`;
}

export function load(): number {
  return loadavg()[0] ?? 0;
}

/** Writes the results; figures of the same machine that were not measured this time are kept. */
export function save({ figures, ...run }: Results): Results {
  const before = existsSync(RESULTS) ? (JSON.parse(readFileSync(RESULTS, 'utf8')) as Results) : null;
  const kept = before?.machine === run.machine ? before.figures : [];
  const measured = new Map(figures.map((each) => [each.id, each]));
  const known = new Set(kept.map(({ id }) => id));
  const merged = [
    ...kept.map((each) => measured.get(each.id) ?? each),
    ...figures.filter(({ id }) => !known.has(id)),
  ];
  const results = { ...run, figures: merged };
  writeFileSync(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
  return results;
}

/** Writes the README's table and its chart of the default model on two threads. */
export async function publish({ machine, measuredAt, figures }: Results): Promise<void> {
  const chart = engineChart(
    figures,
    'engine-qwen2.5-coder-0.5b-instruct-q4_k_m-2',
    'Qwen2.5-Coder 0.5B, Q4_K_M, 330 tokens read, 2 threads',
  );
  if (chart) writeFileSync(CHART, chart);
  await fillReadme('bench', `${machine}; ${measuredAt.slice(0, 10)}.\n\n${asTable(figures)}`);
}
