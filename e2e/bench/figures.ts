/** One thing measured, several times. */
export interface Figure {
  /** Stays the same from release to release, so that results can be compared. */
  readonly id: string;
  readonly label: string;
  readonly unit: string;
  readonly values: readonly number[];
  readonly median: number;
  /** What it should be, as the table words it. */
  readonly goal?: string;
}

export function figure(
  id: string,
  label: string,
  unit: string,
  values: readonly number[],
  goal?: string,
): Figure {
  return { id, label, unit, values, median: median(values), ...(goal !== undefined && { goal }) };
}

/** `measure`, `runs` times after each other. */
export async function repeat<T>(runs: number, measure: (run: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let run = 0; run < runs; run++) results.push(await measure(run));
  return results;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

export function asLine(measured: Figure): string {
  const goal = measured.goal ? `; goal ${measured.goal}` : '';
  return `${measured.label}: ${amount(measured.median, measured.unit)} (${spread(measured)}${goal})`;
}

/** A Markdown table of the figures that have a goal. */
export function asTable(figures: readonly Figure[]): string {
  const rows = figures
    .filter(({ goal }) => goal !== undefined)
    .map((each) =>
      ['', each.label, amount(each.median, each.unit), spread(each), each.goal ?? '', ''].join(' | ').trim(),
    );
  return ['| Figure | Median | Runs | Goal |', '| --- | ---: | --- | --- |', ...rows].join('\n');
}

function amount(value: number, unit: string): string {
  return `${rounded(value)} ${unit}`;
}

function spread({ values }: Figure): string {
  if (values.length === 1) return '1';
  return `${String(values.length)}: ${rounded(Math.min(...values))} to ${rounded(Math.max(...values))}`;
}

/** Three digits at most after rounding what is small; whole numbers from 100 on. */
function rounded(value: number): string {
  const digits = Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en-US', { maximumFractionDigits: digits, minimumFractionDigits: digits });
}
