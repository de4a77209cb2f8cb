import { termsOf } from '../../src/domain/terms.ts';
import type { Sentence } from '../../src/retrieval/retriever.ts';
import type { Weighing } from '../../src/retrieval/score-sentences.ts';
import type { Embedder } from './embedder.ts';
import type { KeywordIndex } from './keyword-index.ts';
import type { SentenceVectors } from './sentence-vectors.ts';
import { dot } from './voy-index.ts';

interface ModelSentences {
  readonly model: Embedder;
  /** Whether a chunk is embedded by this model. */
  readonly holds: (chunkId: string) => boolean;
}

/** See `Retriever.weigh`. */
export async function weigh(
  question: string,
  sentences: readonly Sentence[],
  models: readonly ModelSentences[],
  vectors: SentenceVectors,
  keywords: KeywordIndex,
): Promise<Weighing> {
  const likeness = sentences.map(() => 0);
  for (const { model, holds } of models) {
    const own = [...sentences.entries()].filter(([, { chunkId }]) => holds(chunkId));
    if (own.length === 0) continue;
    const { unrelatedCosine } = model.spec;
    const query = await model.question(question);
    const texts = own.map(([, { text }]) => text);
    for (const [row, vector] of (await vectors.of(model, texts)).entries()) {
      const cosine = vector ? dot(query, vector) : unrelatedCosine;
      const index = own[row]?.[0] ?? 0;
      likeness[index] = (cosine - unrelatedCosine) / (1 - unrelatedCosine);
    }
  }
  return { likeness, rarity: new Map([...termsOf(question)].map((term) => [term, keywords.rarity(term)])) };
}
