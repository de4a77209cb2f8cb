import { m } from '../paraglide/messages.js';
import { getLocale } from '../paraglide/runtime.js';

const KILOBYTE = 1e3;
const MEGABYTE = 1e6;
const GIGABYTE = 1e9;

function number(value: number, digits: number): string {
  return new Intl.NumberFormat(getLocale(), { maximumFractionDigits: digits }).format(value);
}

export function count(value: number): string {
  return number(value, 0);
}

/** Megabytes as in file managers: 10^6 bytes; gigabytes from 1,000 MB on. */
export function bytes(value: number): string {
  if (value >= GIGABYTE) return `${number(value / GIGABYTE, 2)} GB`;
  if (value < MEGABYTE / 10) return `${number(value / KILOBYTE, 0)} kB`;
  const megabytes = value / MEGABYTE;
  return `${number(megabytes, megabytes < 10 ? 1 : 0)} MB`;
}

export function speed(bytesPerSecond: number): string {
  return `${bytes(bytesPerSecond)}/s`;
}

/** A span of time to wait, as a person would say it: 6 s, 2 min. */
export function wait(seconds: number): string {
  if (seconds < 90) return m.seconds({ n: count(Math.max(1, Math.round(seconds))) });
  return m.minutes({ n: count(Math.round(seconds / 60)) });
}

export function milliseconds(value: number): string {
  if (value < 1000) return `${count(value)} ms`;
  return m.seconds({ n: number(value / 1000, 1) });
}

/** Tokens per second, or null where nothing was measured. */
export function rate(tokens: number, ms: number): string | null {
  return tokens > 0 && ms > 0 ? number((tokens / ms) * 1000, 1) : null;
}

export function share(done: number, total: number): number {
  return total > 0 ? Math.min(1, done / total) : 0;
}

export function percent(fraction: number): string {
  return new Intl.NumberFormat(getLocale(), { style: 'percent' }).format(fraction);
}
