import { LEGS, type Leg, type Recorded } from '../recorded.ts';
import { citationsRight, refused, strangersMarked, supportedCited, unsupportedMarked } from './answers.ts';
import { ndcg, pageRecall, reciprocalRank } from './ranking.ts';
import { holdsFact } from './texts.ts';

/** One thing measured of every question, or of every sentence of its answer. */
export interface Measure {
  /** Stays the same from release to release. What needs a language model begins with `answer.`. */
  readonly id: string;
  readonly label: string;
  /** A share is the mean of its values, 0 to 1; a time their median. */
  readonly unit: 'share' | 'ms';
  /** None where the question has nothing to say on it. */
  readonly valuesOf: (recorded: Recorded) => readonly number[];
}

/** Highlighted sentences a reader sees at once. */
const READ_AT_ONCE = 3;

const isAnswerable = ({ question }: Recorded): boolean => question.kind !== 'unanswerable';
const shares = (truths: readonly boolean[]): number[] => truths.map(Number);

const LEG_NAMES: Readonly<Record<Leg, string>> = {
  hybrid: 'both legs, as the app ranks',
  vectors: 'vectors alone',
  keywords: 'keywords alone',
  random: 'at random',
};

function rankingMeasures(leg: Leg): Measure[] {
  type Score = (recorded: Recorded, ranking: Recorded['passages']) => number;
  const measure = (id: string, label: string, score: Score): Measure => ({
    id: `${leg}.${id}`,
    label: `${label}, ${LEG_NAMES[leg]}`,
    unit: 'share',
    valuesOf: (recorded) => {
      const ranking = recorded.rankings[leg];
      return ranking && isAnswerable(recorded) ? [score(recorded, ranking)] : [];
    },
  });
  return [
    ...[1, 5, 10].map((k) =>
      measure(`recall@${String(k)}`, `Page recall@${String(k)}`, ({ question }, ranking) =>
        pageRecall(question, ranking, k),
      ),
    ),
    measure('mrr', 'MRR', ({ question }, ranking) => reciprocalRank(question, ranking)),
    measure('ndcg@10', 'nDCG@10', ({ question }, ranking) => ndcg(question, ranking, 10)),
  ];
}

const highlights: Measure = {
  id: 'evidence.fact',
  label: `The fact stands in the first ${String(READ_AT_ONCE)} highlighted sentences`,
  unit: 'share',
  valuesOf: ({ question, passages }) => {
    if (question.fact.length === 0) return [];
    const sentences = passages.slice(0, READ_AT_ONCE).map(({ highlight }) => highlight ?? '');
    return shares([sentences.some((sentence) => holdsFact(sentence, question.fact))]);
  },
};

/** Of answered questions only. */
function answerMeasure(
  id: string,
  label: string,
  unit: Measure['unit'],
  valuesOf: (recorded: Recorded, answer: NonNullable<Recorded['answer']>) => readonly number[],
): Measure {
  const values = (recorded: Recorded) => (recorded.answer ? valuesOf(recorded, recorded.answer) : []);
  return { id: `answer.${id}`, label, unit, valuesOf: values };
}

function factIn({ question }: Recorded, text: string): readonly number[] {
  return question.fact.length > 0 ? shares([holdsFact(text, question.fact)]) : [];
}

const answers: readonly Measure[] = [
  answerMeasure(
    'fact',
    'The answer, or the quotation below it, holds the fact',
    'share',
    (recorded, answer) => factIn(recorded, `${answer.text}\n${answer.quote ?? ''}`),
  ),
  answerMeasure('fact-worded', 'The answer alone holds the fact', 'share', (recorded, { text }) =>
    factIn(recorded, text),
  ),
  answerMeasure('refused-rightly', 'Unanswerable: said so', 'share', (recorded) =>
    isAnswerable(recorded) ? [] : shares([refused(recorded)]),
  ),
  answerMeasure('refused-wrongly', 'Answerable: wrongly refused', 'share', (recorded) =>
    isAnswerable(recorded) ? shares([refused(recorded)]) : [],
  ),
  answerMeasure('citation-precision', 'Citations that prove their sentence', 'share', (recorded) =>
    shares(citationsRight(recorded)),
  ),
  answerMeasure('citation-recall', 'Supported sentences with a citation', 'share', (recorded) =>
    shares(supportedCited(recorded)),
  ),
  answerMeasure('unsupported-marked', 'Unsupported sentences marked', 'share', (recorded) =>
    shares(unsupportedMarked(recorded)),
  ),
  answerMeasure(
    'strangers-marked',
    'Sentences with a number or name of no passage marked',
    'share',
    (recorded) => shares(strangersMarked(recorded)),
  ),
  answerMeasure('first-token', 'Time to the first token', 'ms', (_, { timings }) => [
    timings.retrievalMs + timings.prefillMs,
  ]),
  answerMeasure('end', 'Time to the end of the answer', 'ms', (_, { timings }) => [
    timings.retrievalMs + timings.prefillMs + timings.decodeMs,
  ]),
];

export const MEASURES: readonly Measure[] = [
  ...LEGS.flatMap(rankingMeasures),
  highlights,
  {
    id: 'evidence.time',
    label: 'Time to the evidence',
    unit: 'ms',
    valuesOf: ({ retrievalMs }) => [retrievalMs],
  },
  ...answers,
];
