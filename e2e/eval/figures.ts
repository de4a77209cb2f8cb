import { median } from '../bench/figures.ts';
import { MEASURES, type Measure } from './metrics/measures.ts';
import type { Recorded } from './recorded.ts';

/** Null where nothing was measured. */
type Value = number | null;

/** One measure over one half of the golden set. */
export interface EvalFigure {
  /** Of the measure: see `MEASURES`. */
  readonly id: string;
  readonly label: string;
  readonly unit: Measure['unit'];
  /** How many values it is made of. */
  readonly count: number;
  readonly all: Value;
  readonly en: Value;
  readonly zh: Value;
}

/** Every measure of which there is a value. */
export function figuresOf(records: readonly Recorded[]): EvalFigure[] {
  const inLanguage = (language: string) => records.filter(({ question }) => question.language === language);
  const [en, zh] = [inLanguage('en'), inLanguage('zh-CN')];
  return MEASURES.map((measure) => {
    const { id, label, unit } = measure;
    const count = records.flatMap(measure.valuesOf).length;
    return {
      id,
      label,
      unit,
      count,
      all: value(measure, records),
      en: value(measure, en),
      zh: value(measure, zh),
    };
  }).filter(({ count }) => count > 0);
}

function value({ unit, valuesOf }: Measure, records: readonly Recorded[]): Value {
  const values = records.flatMap(valuesOf);
  if (values.length === 0) return null;
  return unit === 'ms' ? median(values) : values.reduce((sum, each) => sum + each, 0) / values.length;
}

export function asLine(half: string, { id, unit, count, all, en, zh }: EvalFigure): string {
  const [whole, english, chinese] = [all, en, zh].map((each) => amount(each, unit));
  return `${half} ${id}: ${whole ?? ''} (en ${english ?? ''}, zh-CN ${chinese ?? ''}; of ${String(count)})`;
}

/** Two digits for a share, the usual precision of such a set. */
export function amount(value: Value, unit: Measure['unit']): string {
  if (value === null) return '–';
  return unit === 'share'
    ? value.toFixed(2)
    : `${value.toLocaleString('en-US', { maximumFractionDigits: 0 })} ms`;
}
