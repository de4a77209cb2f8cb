import { describe, expect, it } from 'vitest';
import type { GoldenQuestion } from '../golden.ts';
import type { Found } from '../recorded.ts';
import { ndcg, pageRecall, reciprocalRank } from './ranking.ts';

const place = (page: number, document = 'manual') => ({ document, page, span: 'as it stands' });

function question(change: Partial<GoldenQuestion>): GoldenQuestion {
  const about = { document: 'manual', language: 'en', half: 'judge' } as const;
  const asked = { id: '1', kind: 'fact', question: 'What?', history: [], fact: ['so'] } as const;
  return { ...about, ...asked, fact: ['so'], history: [], evidence: [place(3)], also: [], ...change };
}

const found = (page: number, document = 'manual'): Found => ({
  document,
  pages: [page],
  text: '',
  score: 0,
  highlight: null,
});

describe('a question with one place of evidence', () => {
  it('is found at the rank of the first passage on that page', () => {
    const ranking = [found(9), found(3, 'another'), found(3), found(3)];
    expect([1, 2, 3].map((k) => pageRecall(question({}), ranking, k))).toEqual([0, 0, 1]);
    expect(reciprocalRank(question({}), ranking)).toBeCloseTo(1 / 3);
    expect(ndcg(question({}), ranking, 10)).toBeCloseTo(1 / 2); // 1 / log2(1 + 3)
  });

  it('is found by any page that a passage touches', () => {
    expect(pageRecall(question({}), [{ ...found(2), pages: [2, 3] }], 1)).toBe(1);
  });

  it('is found at a place that says the same', () => {
    const asked = question({ also: [place(7, 'another')] });
    expect(reciprocalRank(asked, [found(1), found(7, 'another')])).toBe(1 / 2);
  });

  it('is not found', () => {
    const ranking = [found(1), found(2)];
    expect(pageRecall(question({}), ranking, 10)).toBe(0);
    expect(reciprocalRank(question({}), ranking)).toBe(0);
    expect(ndcg(question({}), ranking, 10)).toBe(0);
    expect(reciprocalRank(question({}), [])).toBe(0);
  });
});

describe('a question that needs two passages', () => {
  const asked = question({ kind: 'multi-passage', evidence: [place(3), place(8)] });

  it('is half found with one of them', () => {
    expect(pageRecall(asked, [found(1), found(8)], 5)).toBe(0.5);
    expect(reciprocalRank(asked, [found(1), found(8)])).toBe(1 / 2);
  });

  it('has its full gain only when both come first', () => {
    expect(ndcg(asked, [found(8), found(3)], 10)).toBe(1);
    expect(ndcg(asked, [found(8), found(8), found(3)], 10)).toBeLessThan(1);
  });

  it('gains no more than all from one page that holds both', () => {
    const samePage = question({ kind: 'multi-passage', evidence: [place(3), place(3)] });
    expect(ndcg(samePage, [found(3)], 10)).toBe(1);
  });
});
