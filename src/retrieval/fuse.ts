/** A chunk in one ranking; what a score means is the ranking's own matter. */
export interface Ranked {
  readonly chunkId: string;
  readonly score: number;
}

/** One embedding model's ranking by cosine. */
export interface ModelRanking {
  readonly matches: readonly Ranked[];
  /** Mean cosine it gives to texts that have nothing in common. */
  readonly unrelatedCosine: number;
  /** Whether it was made for the language of the question. */
  readonly isOwnLanguage: boolean;
}

/** Where a cosine of a model lies between unrelated, 0, and the same, 1. */
export function placed(cosine: number, { unrelatedCosine }: Pick<ModelRanking, 'unrelatedCosine'>): number {
  return (cosine - unrelatedCosine) / (1 - unrelatedCosine);
}

/** Chunks that a ranking sends into the fusion; between 20 and 200 the eval finds about the same. */
export const CANDIDATES = 50;

/** What a leg counts; set on the tuned half of the eval, where the same weights are best in both languages. */
export const WEIGHTS = { vectors: 0.5, keywords: 0.5 } as const;

/**
 * For a text in another language than the question: what it has to be nearer, of 1, and what its
 * keywords count. Names and numbers are found there, too, and would crowd out what can be read.
 */
const OTHER_LANGUAGE = 0.2;
export const KEYWORDS_OF_OTHER_LANGUAGE = 0.6;

/** Above 1 what leads a ranking counts more than what is in its midst; 1.2 to 1.5 are about the same. */
const SHARPNESS = 1.3;

/** What the better neighbour of a chunk adds, as a share of its score; set on the tuned half of the eval. */
const NEIGHBOUR = 0.1;

/**
 * One ranking of several models' matches. Cosines of different models do not compare (unrelated
 * texts are at 0.04 in one and at 0.36 in another), so each is `placed`.
 */
export function mergeModels(rankings: readonly ModelRanking[]): Ranked[] {
  return rankings
    .flatMap((ranking) =>
      ranking.matches.map(({ chunkId, score }) => ({
        chunkId,
        score: placed(score, ranking) - (ranking.isOwnLanguage ? 0 : OTHER_LANGUAGE),
      })),
    )
    .sort((a, b) => b.score - a.score)
    .slice(0, CANDIDATES);
}

/** The rankings as one, best first: scores between 0 and 1, weighted and added. */
export function fuse(
  rankings: readonly { readonly ranked: readonly Ranked[]; readonly weight: number }[],
): Ranked[] {
  const total = rankings.reduce((sum, { weight }) => sum + weight, 0);
  const fused = new Map<string, number>();
  for (const { ranked, weight } of rankings) {
    for (const { chunkId, score } of normalised(ranked)) {
      fused.set(chunkId, (fused.get(chunkId) ?? 0) + (score * weight) / total);
    }
  }
  return [...fused].map(([chunkId, score]) => ({ chunkId, score })).sort((a, b) => b.score - a.score);
}

/**
 * The ranking again, each chunk lifted by the better of those beside it in its document: an answer
 * stands where more is said of its subject. Scores stay between 0 and 1.
 * @param besides the ids of the chunks beside this one
 */
export function liftedByNeighbours(
  ranked: readonly Ranked[],
  besides: (chunkId: string) => readonly string[],
): Ranked[] {
  const scores = new Map(ranked.map(({ chunkId, score }) => [chunkId, score]));
  return ranked
    .map(({ chunkId, score }) => {
      const best = Math.max(0, ...besides(chunkId).map((id) => scores.get(id) ?? 0));
      return { chunkId, score: (score + NEIGHBOUR * best) / (1 + NEIGHBOUR) };
    })
    .sort((a, b) => b.score - a.score);
}

/** From 0, the last one's, to 1, the first one's, sharpened; by reciprocal rank where all scores are the same. */
function normalised(ranked: readonly Ranked[]): Ranked[] {
  const best = ranked.at(0)?.score ?? 0;
  const worst = ranked.at(-1)?.score ?? 0;
  return ranked.map(({ chunkId, score }, index) => ({
    chunkId,
    score: best > worst ? ((score - worst) / (best - worst)) ** SHARPNESS : 1 / (index + 1),
  }));
}
