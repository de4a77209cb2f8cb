import type { Chunk } from '../../src/domain/chunk.ts';
import { sentenceRanges } from '../../src/domain/sentence-ranges.ts';
import { languageOf } from '../../src/domain/terms.ts';
import type { Ranked } from '../../src/retrieval/fuse.ts';
import type { RememberedVectors } from './remembered-vectors.ts';
import { dot } from './voy-index.ts';

/**
 * Each chunk with the cosine of its sentence nearest to `query`, best first: a whole chunk's vector
 * blurs the one sentence that answers.
 */
export async function bestSentences(
  query: Float32Array,
  chunks: readonly Chunk[],
  vectors: RememberedVectors,
): Promise<Ranked[]> {
  const sentences = chunks.map(({ text }) =>
    sentenceRanges(text, languageOf(text)).map(({ start, end }) => text.slice(start, end)),
  );
  const known = await vectors.of(sentences.flat());
  const cosine = (sentence: string) => dot(query, known.get(sentence) ?? new Float32Array());
  return chunks
    .map(({ id }, index) => ({ chunkId: id, score: Math.max(...(sentences[index] ?? []).map(cosine)) }))
    .sort((a, b) => b.score - a.score);
}
