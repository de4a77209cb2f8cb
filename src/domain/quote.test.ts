import { expect, test } from 'vitest';
import type { Citation } from './citation.ts';
import type { Passage } from './conversation.ts';
import { quoteFor, quoteText } from './quote.ts';

const text = 'It is old.\nFresnel made the lens.';
const passage: Passage = {
  number: 1,
  chunk: { id: 'd:0', documentId: 'd', ordinal: 0, text, spans: [], sentences: [] },
  documentName: 'd.pdf',
  score: 1,
  highlight: { start: 0, end: text.length, best: 11 },
};
const citation = (proof: number | null): Citation => ({
  start: 0,
  end: 5,
  passage: proof,
  evidence: null,
  strangers: [],
});
const answer = { status: 'complete', citations: [citation(null)] } as const;

test('below an answer that nothing proves stands what the best passage says', () => {
  const quote = quoteFor(answer, [passage]);
  expect(quote && quoteText(quote)).toBe('It is old. Fresnel made the lens.');
});

test('one proved sentence is enough to need none', () => {
  expect(quoteFor({ ...answer, citations: [citation(null), citation(1)] }, [passage])).toBeNull();
  expect(quoteFor({ ...answer, citations: [] }, [passage])).toBeNull();
});

test('an answer that was stopped, and passages in which nothing stands out, have none', () => {
  expect(quoteFor({ ...answer, status: 'interrupted' }, [passage])).toBeNull();
  expect(quoteFor(answer, [{ ...passage, highlight: null }])).toBeNull();
  expect(quoteFor(answer, [])).toBeNull();
});
