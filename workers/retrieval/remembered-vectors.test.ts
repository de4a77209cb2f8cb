import { expect, test } from 'vitest';
import type { EmbeddedBatch } from '../../src/retrieval/retriever.ts';
import { RememberedVectors } from './remembered-vectors.ts';

/** Embeds each text as its length, one a batch and the last first. */
function lengths(asked: string[]) {
  return async function* (texts: readonly string[]): AsyncGenerator<EmbeddedBatch> {
    await Promise.resolve();
    asked.push(...texts);
    for (const [index, text] of [...texts.entries()].reverse()) {
      yield { indices: [index], vectors: Float32Array.of(text.length, 0) };
    }
  };
}

test('each text gets its own vector, and is embedded once', async () => {
  const asked: string[] = [];
  const vectors = new RememberedVectors(lengths(asked));
  await vectors.of(['a', 'bb', 'a']);
  const found = await vectors.of(['bb', 'ccc']);
  expect([...found].map(([text, vector]) => [text, vector[0]])).toEqual([
    ['bb', 2],
    ['ccc', 3],
  ]);
  expect(asked).toEqual(['a', 'bb', 'ccc']);
});

test('the longest unused is forgotten first', async () => {
  const asked: string[] = [];
  const vectors = new RememberedVectors(lengths(asked), 2);
  await vectors.of(['a', 'bb']);
  await vectors.of(['a']);
  await vectors.of(['ccc']);
  await vectors.of(['a', 'bb']);
  expect(asked).toEqual(['a', 'bb', 'ccc', 'bb']);
});
