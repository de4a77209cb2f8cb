import { createHash } from 'node:crypto';

/** Some of the items, in random order; the same ones for the same seed. */
export function randomSample<T>(items: readonly T[], count: number, seed: string): T[] {
  const rest = [...items];
  const drawn: T[] = [];
  while (drawn.length < count && rest.length > 0) {
    const number = createHash('sha256')
      .update(`${seed}:${String(drawn.length)}`)
      .digest()
      .readUInt32BE(0);
    drawn.push(...rest.splice(number % rest.length, 1));
  }
  return drawn;
}
