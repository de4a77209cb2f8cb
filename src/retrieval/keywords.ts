import { termList } from '../domain/terms.ts';

const segmenter = new Intl.Segmenter('zh-CN', { granularity: 'word' });

/**
 * The terms by which a text is found: English words without endings, numbers, and for Chinese both
 * pairs of characters, which find a word wherever the segmenter cuts, and its longer words, which
 * tell more than their pairs.
 */
export function keywordsOf(text: string): string[] {
  return [...termList(text), ...longHanWords(text)];
}

function longHanWords(text: string): string[] {
  const runs = text.normalize('NFKC').match(/\p{Script=Han}{3,}/gu) ?? [];
  return runs.flatMap((run) =>
    [...segmenter.segment(run)].map(({ segment }) => segment).filter((word) => word.length > 2),
  );
}
