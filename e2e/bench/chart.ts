import type { Figure } from './figures.ts';

const ENGINES = [
  { name: 'stock', label: "wllama's engine", colour: '#9a9a9a' },
  { name: 'ours', label: 'our engine', colour: '#c8860a' },
  { name: 'native', label: 'native llama.cpp', colour: '#5b7fa6' },
] as const;
const PARTS = [
  { name: 'prefill', label: 'Reading, tokens/s' },
  { name: 'decode', label: 'Writing, tokens/s' },
  { name: 'load', label: 'Loading, ms' },
  { name: 'memory', label: 'Memory, MB' },
] as const;

/** In pixels; the text left of the bars and the longest bar. */
const LABELS = 150;
const LONGEST = 380;
const ROW = 22;
const WIDTH = LABELS + LONGEST + 90;

/**
 * The engines side by side, one group of bars for reading, writing, loading and memory.
 * @param prefix of the figures' ids: `engine-${model}-${threads}`
 * @returns an SVG image with words in the reader's own colours; null when an engine was not measured
 */
export function engineChart(figures: readonly Figure[], prefix: string, title: string): string | null {
  const medians = new Map(figures.map(({ id, median }) => [id, median]));
  const groups = PARTS.map(({ name, label }) => ({
    label,
    bars: ENGINES.map((engine) => ({
      ...engine,
      value: medians.get(`${prefix}-${engine.name}-${name}`) ?? NaN,
    })),
  }));
  if (groups.some(({ bars }) => bars.some(({ value }) => Number.isNaN(value)))) return null;
  const rows = groups.flatMap(({ label, bars }, index) => group(label, bars, 34 + index * ROW * 4.4));
  const height = 34 + PARTS.length * ROW * 4.4;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${String(WIDTH)} ${String(height)}" role="img">`,
    `<title>${escaped(title)}</title>`,
    '<style>text{font:13px system-ui,sans-serif;fill:#333}.head{font-weight:600}',
    '@media (prefers-color-scheme:dark){text{fill:#ddd}}</style>',
    `<text x="0" y="16" class="head">${escaped(title)}</text>`,
    ...rows,
    '</svg>\n',
  ].join('\n');
}

interface Bar {
  readonly label: string;
  readonly colour: string;
  readonly value: number;
}

function group(label: string, bars: readonly Bar[], top: number): string[] {
  const most = Math.max(...bars.map(({ value }) => value));
  return [
    `<text x="0" y="${String(top + 15)}" class="head">${escaped(label)}</text>`,
    ...bars.map((bar, index) => {
      const y = top + (index + 1) * ROW;
      const length = Math.max(1, (bar.value / most) * LONGEST);
      const amount = bar.value.toLocaleString('en-US', { maximumFractionDigits: bar.value < 100 ? 1 : 0 });
      return (
        `<text x="0" y="${String(y + 13)}">${escaped(bar.label)}</text>` +
        `<rect x="${String(LABELS)}" y="${String(y + 2)}" width="${length.toFixed(1)}" height="14" fill="${bar.colour}"/>` +
        `<text x="${(LABELS + length + 6).toFixed(1)}" y="${String(y + 13)}">${amount}</text>`
      );
    }),
  ];
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
