import { termsOf } from '../../src/domain/terms.ts';
import type { Sentence } from '../../src/retrieval/retriever.ts';
import type { Weighing } from '../../src/retrieval/score-sentences.ts';
import { cosine } from './cosine.ts';
import type { Embedder } from './embedder.ts';
import type { KeywordIndex } from './keyword-index.ts';
import type { RememberedVectors } from './remembered-vectors.ts';
import type { VoyIndex } from './voy-index.ts';

/** An embedding model with its chunks and the sentences it was asked for. */
export interface ModelInUse {
  readonly model: Embedder;
  readonly index: VoyIndex;
  readonly sentences: RememberedVectors;
}

/** See `Retriever.weigh`. */
export async function weigh(
  question: string,
  sentences: readonly Sentence[],
  models: readonly ModelInUse[],
  keywords: KeywordIndex,
): Promise<Weighing> {
  const likeness = sentences.map(() => 0);
  for (const { model, index, sentences: remembered } of models) {
    const own = [...sentences.entries()].filter(([, { chunkId }]) => index.has(chunkId));
    if (own.length === 0) continue;
    const { unrelatedCosine } = model.spec;
    const query = await model.question(question);
    const vectors = await remembered.of(own.map(([, { text }]) => text));
    for (const [place, { text }] of own) {
      const vector = vectors.get(text);
      if (vector) likeness[place] = (cosine(query, vector) - unrelatedCosine) / (1 - unrelatedCosine);
    }
  }
  return { likeness, rarity: new Map([...termsOf(question)].map((term) => [term, keywords.rarity(term)])) };
}
