import type { Chunk } from '../../src/domain/chunk.ts';
import { sentenceRanges } from '../../src/domain/sentence-ranges.ts';
import { languageOf } from '../../src/domain/terms.ts';
import type { Ranked } from '../../src/retrieval/fuse.ts';
import { cosine } from './cosine.ts';
import type { RememberedVectors } from './remembered-vectors.ts';

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
  const nearness = (sentence: string) => cosine(query, known.get(sentence) ?? new Float32Array());
  return chunks
    .map(({ id }, index) => ({ chunkId: id, score: Math.max(...(sentences[index] ?? []).map(nearness)) }))
    .sort((a, b) => b.score - a.score);
}
