import { overlap, termsOf } from '../domain/terms.ts';

/** Share of terms, both ways, from which two passages say the same. */
const SAME = 0.9;

/**
 * The first `limit` of `items` that do not repeat an earlier one: manuals print the same licence or
 * notice over and over, and each copy would take the place of another passage.
 */
export function withoutDuplicates<Item>(
  items: Iterable<Item>,
  textOf: (item: Item) => string,
  limit: number,
): Item[] {
  const kept: { readonly item: Item; readonly terms: ReadonlySet<string> }[] = [];
  for (const item of items) {
    if (kept.length >= limit) break;
    const terms = termsOf(textOf(item));
    if (!kept.some((other) => isSame(terms, other.terms))) kept.push({ item, terms });
  }
  return kept.map(({ item }) => item);
}

function isSame(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return overlap(a, b) >= SAME && overlap(b, a) >= SAME;
}
