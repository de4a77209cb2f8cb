import type { Match } from './retriever.ts';

/** One embedding model's matches and the cosine it gives to texts that have nothing in common. */
export interface Ranking {
  readonly matches: readonly Match[];
  readonly unrelatedCosine: number;
}

/**
 * One ranking of several models' matches. Cosines of different models do not compare (unrelated
 * texts are at 0.05 in one and at 0.3 in another), so each is placed between its model's
 * "unrelated" and 1 before they are sorted; the scores themselves stay plain cosines.
 */
export function fuse(rankings: readonly Ranking[], limit: number): Match[] {
  return rankings
    .flatMap(({ matches, unrelatedCosine }) =>
      matches.map((match) => ({ match, placed: (match.score - unrelatedCosine) / (1 - unrelatedCosine) })),
    )
    .sort((a, b) => b.placed - a.placed)
    .slice(0, limit)
    .map(({ match }) => match);
}
