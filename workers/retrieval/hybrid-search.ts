import type { Chunk } from '../../src/domain/chunk.ts';
import type { EmbeddingModelSpec } from '../../src/domain/model-spec.ts';
import { covers } from '../../src/domain/scope.ts';
import { languageOf } from '../../src/domain/terms.ts';
import { withoutDuplicates } from '../../src/retrieval/duplicates.ts';
import {
  CANDIDATES,
  fuse,
  mergeModels,
  WEIGHTS,
  type ModelRanking,
  type Ranked,
} from '../../src/retrieval/fuse.ts';
import type { Match, SearchOptions } from '../../src/retrieval/retriever.ts';
import type { KeywordIndex } from './keyword-index.ts';
import type { VoyIndex } from './voy-index.ts';

/** The vectors of one embedding model, and the question as a vector of it. */
interface ModelSearch {
  readonly spec: EmbeddingModelSpec;
  readonly index: VoyIndex;
  readonly query: Float32Array;
}

interface Indexes {
  readonly models: readonly ModelSearch[];
  readonly keywords: KeywordIndex;
  readonly known: ReadonlyMap<string, Chunk>;
}

/** The best chunks by meaning and by keyword; see `Retriever.search`. */
export async function hybridSearch(
  question: string,
  { limit, scope, legs = ['vectors', 'keywords'] }: SearchOptions,
  { models, keywords, known }: Indexes,
): Promise<Match[]> {
  const isWanted = (chunkId: string) => {
    const chunk = known.get(chunkId);
    return chunk !== undefined && covers(scope, chunk);
  };
  const vectors = await byModel(question, models, ({ index, query }) =>
    scope.kind === 'all' ? index.nearest(query, CANDIDATES) : index.nearestOf(query, CANDIDATES, isWanted),
  );
  const ranked = { vectors, keywords: keywords.search(question, CANDIDATES, isWanted) };
  const fused = fuse(
    (['vectors', 'keywords'] as const)
      .filter((leg) => legs.includes(leg))
      .map((leg) => ({ ranked: ranked[leg], weight: WEIGHTS[leg] })),
  );
  const textOf = ({ chunkId }: Ranked) => known.get(chunkId)?.text ?? '';
  const best = withoutDuplicates(fused, textOf, limit);
  const cosineOf = (chunkId: string) =>
    models.map(({ index, query }) => index.cosine(query, chunkId)).find((cosine) => cosine !== null) ?? 0;
  return best.map(({ chunkId, score }) => {
    const [vectorRank] = placeIn(ranked.vectors, chunkId);
    const [keywordRank, keywordScore] = placeIn(ranked.keywords, chunkId);
    const standing = { fused: score, cosine: cosineOf(chunkId), vectorRank, keywordRank, keywordScore };
    return { chunkId, standing };
  });
}

/** One ranking of what each model finds. */
async function byModel(
  question: string,
  models: readonly ModelSearch[],
  find: (model: ModelSearch) => Promise<Ranked[]> | Ranked[],
): Promise<Ranked[]> {
  const language = languageOf(question);
  const rankings = models.map(async (model): Promise<ModelRanking> => ({
    matches: await find(model),
    unrelatedCosine: model.spec.unrelatedCosine,
    isOwnLanguage: model.spec.languages.includes(language),
  }));
  return mergeModels(await Promise.all(rankings));
}

/** Rank from 1 and score; null and 0 for a chunk that is not there. */
function placeIn(ranked: readonly Ranked[], chunkId: string): [rank: number | null, score: number] {
  const index = ranked.findIndex((each) => each.chunkId === chunkId);
  return index < 0 ? [null, 0] : [index + 1, ranked[index]?.score ?? 0];
}
