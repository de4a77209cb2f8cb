import type { Chunk } from '../../src/domain/chunk.ts';
import type { EmbeddingModelSpec } from '../../src/domain/model-spec.ts';
import { covers } from '../../src/domain/scope.ts';
import { languageOf, termsOf } from '../../src/domain/terms.ts';
import { withoutDuplicates } from '../../src/retrieval/duplicates.ts';
import {
  CANDIDATES,
  fuse,
  KEYWORDS_OF_OTHER_LANGUAGE,
  liftedByNeighbours,
  mergeModels,
  placed,
  WEIGHTS,
  type Ranked,
} from '../../src/retrieval/fuse.ts';
import type { Finding, Match, SearchOptions } from '../../src/retrieval/retriever.ts';
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
): Promise<Finding> {
  const language = languageOf(question);
  const isOwnLanguage = ({ spec }: ModelSearch) => spec.languages.includes(language);
  const isWanted = (chunkId: string) => {
    const chunk = known.get(chunkId);
    return chunk !== undefined && covers(scope, chunk);
  };
  const weightOf = (chunkId: string) => {
    if (!isWanted(chunkId)) return 0;
    const isOwn = models.some((model) => isOwnLanguage(model) && model.index.has(chunkId));
    return isOwn ? 1 : KEYWORDS_OF_OTHER_LANGUAGE;
  };
  const nearest = ({ index, query }: ModelSearch) =>
    scope.kind === 'all' ? index.nearest(query, CANDIDATES) : index.nearestOf(query, CANDIDATES, isWanted);
  const rankings = models.map(async (model) => ({
    matches: await nearest(model),
    unrelatedCosine: model.spec.unrelatedCosine,
    isOwnLanguage: isOwnLanguage(model),
  }));
  const ranked = {
    vectors: mergeModels(await Promise.all(rankings)),
    keywords: keywords.search(question, CANDIDATES, weightOf),
  };
  const fused = fuse(
    (['vectors', 'keywords'] as const)
      .filter((leg) => legs.includes(leg))
      .map((leg) => ({ ranked: ranked[leg], weight: WEIGHTS[leg] })),
  );
  const besides = (chunkId: string) => {
    const { documentId, ordinal } = known.get(chunkId) ?? {};
    return ordinal === undefined ? [] : [ordinal - 1, ordinal + 1].map((next) => `${documentId}:${next}`);
  };
  const textOf = ({ chunkId }: Ranked) => known.get(chunkId)?.text ?? '';
  const best = withoutDuplicates(liftedByNeighbours(fused, besides), textOf, limit);
  return {
    matches: best.map((each) => match(each, ranked, models)),
    rarity: new Map([...termsOf(question)].map((term) => [term, keywords.rarity(term)])),
  };
}

/** A chunk that was found, with all that is known of it. */
function match(
  { chunkId, score }: Ranked,
  ranked: { readonly vectors: readonly Ranked[]; readonly keywords: readonly Ranked[] },
  models: readonly ModelSearch[],
): Match {
  const [vectorRank] = placeIn(ranked.vectors, chunkId);
  const [keywordRank, keywordScore] = placeIn(ranked.keywords, chunkId);
  const model = models.find(({ index }) => index.has(chunkId));
  const { nearness = 0, cosines = [] } = model?.index.compare(model.query, chunkId) ?? {};
  return {
    chunkId,
    standing: { fused: score, cosine: nearness, vectorRank, keywordRank, keywordScore },
    likeness: model ? cosines.map((cosine) => placed(cosine, model.spec)) : [],
  };
}

/** Rank from 1 and score; null and 0 for a chunk that is not there. */
function placeIn(ranked: readonly Ranked[], chunkId: string): [rank: number | null, score: number] {
  const index = ranked.findIndex((each) => each.chunkId === chunkId);
  return index < 0 ? [null, 0] : [index + 1, ranked[index]?.score ?? 0];
}
