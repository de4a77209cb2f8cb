import type { GoldenQuestion, Place } from '../golden.ts';
import type { Found } from '../recorded.ts';

/** What has to be found: any one of the places will do. */
type Need = readonly Place[];

/**
 * A multi-passage question needs each place of its evidence, any other question only one.
 * Places that say the same as the evidence (`also`) stand in for any of it.
 */
function needsOf({ kind, evidence, also }: GoldenQuestion): Need[] {
  return kind === 'multi-passage' ? evidence.map((place) => [place, ...also]) : [[...evidence, ...also]];
}

/** A passage meets a need when it touches the page of one of its places, in the right document. */
function meets({ document, pages }: Found, need: Need): boolean {
  return need.some((place) => place.document === document && pages.includes(place.page));
}

/** The rank of the first passage that meets each need, from 1; Infinity where none does. */
function ranksOf(question: GoldenQuestion, ranking: readonly Found[]): number[] {
  return needsOf(question).map((need) => {
    const index = ranking.findIndex((found) => meets(found, need));
    return index < 0 ? Infinity : index + 1;
  });
}

/** Share of what the question needs that is among the first `k` passages, by pages; 0 to 1. */
export function pageRecall(question: GoldenQuestion, ranking: readonly Found[], k: number): number {
  const ranks = ranksOf(question, ranking);
  return ranks.filter((rank) => rank <= k).length / ranks.length;
}

/** 1 / rank of the first passage that meets any need; 0 when none does. */
export function reciprocalRank(question: GoldenQuestion, ranking: readonly Found[]): number {
  return 1 / Math.min(...ranksOf(question, ranking));
}

/**
 * Normalised discounted cumulative gain of the first `k` passages, 0 to 1: a need has the gain
 * 1 / log2(1 + rank) where it is first met (Järvelin and Kekäläinen 2002, binary relevance), and
 * the ideal meets one at each rank. One page that meets two needs at once is held to 1.
 */
export function ndcg(question: GoldenQuestion, ranking: readonly Found[], k: number): number {
  const ranks = ranksOf(question, ranking);
  const gain = (rank: number) => (rank <= k ? 1 / Math.log2(1 + rank) : 0);
  const sum = (all: readonly number[]) => all.reduce((total, rank) => total + gain(rank), 0);
  return Math.min(1, sum(ranks) / sum(ranks.map((_, index) => index + 1)));
}
