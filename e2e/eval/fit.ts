import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { probability, SIGNALS, type Calibration } from '../../src/retrieval/answerable.ts';

const FILE = join(import.meta.dirname, '../../src/retrieval/answerable.json');
const USAGE = `Usage: npm run fit -- DUMP…
Fits src/retrieval/answerable.json to what \`npm run eval -- --half tune --dump DUMP\` wrote.`;

/** Share of answerable questions of the tuned half that may be refused before the model is asked. */
const WRONGLY_REFUSED = 0.05;
/** And with those that are refused since nothing of their answer is proved. */
const WRONGLY_REFUSED_IN_ALL = 0.1;
/** Ridge penalty, in questions: there are few of them. */
const PENALTY = 3;
const STEPS = 600;
const RATE = 1.5;

const Line = v.object({
  question: v.object({ document: v.string(), kind: v.string(), half: v.literal('tune') }),
  signals: v.object({
    margin: v.number(),
    likeness: v.number(),
    missingName: v.number(),
    hasName: v.number(),
    length: v.number(),
  }),
  answer: v.object({ sentences: v.array(v.object({ passage: v.nullable(v.number()) })) }),
});

type Signals = v.InferOutput<typeof Line>['signals'];

interface Example {
  readonly document: string;
  readonly signals: Signals;
  readonly isAnswerable: boolean;
  /** No sentence of its answer is proved, or it has none. */
  readonly isUnproved: boolean;
}

function read(file: string): Example[] {
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => v.parse(Line, JSON.parse(line)))
    .map(({ question, signals, answer }) => ({
      document: question.document,
      signals,
      isAnswerable: question.kind !== 'unanswerable',
      isUnproved: answer.sentences.every(({ passage }) => passage === null),
    }));
}

function moments(values: readonly number[]): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, deviation: Math.sqrt(variance) || 1 };
}

/** Logistic regression with a ridge penalty, by gradient descent. */
function fit(examples: readonly Example[]): Calibration {
  const of = (name: (typeof SIGNALS)[number]) => ({
    weight: 0,
    ...moments(examples.map(({ signals }) => signals[name])),
  });
  const model = {
    bias: 0,
    threshold: 0,
    unlessProved: 0,
    signals: {
      margin: of('margin'),
      likeness: of('likeness'),
      missingName: of('missingName'),
      hasName: of('hasName'),
      length: of('length'),
    },
  };
  for (let step = 0; step < STEPS; step++) {
    const errors = examples.map((each) => probability(each.signals, model) - Number(each.isAnswerable));
    for (const name of SIGNALS) {
      const signal = model.signals[name];
      const slope = examples.reduce(
        (sum, each, i) => sum + ((errors[i] ?? 0) * (each.signals[name] - signal.mean)) / signal.deviation,
        PENALTY * signal.weight,
      );
      signal.weight -= (RATE * slope) / examples.length;
    }
    model.bias -= (RATE * errors.reduce((sum, error) => sum + error, 0)) / examples.length;
  }
  return { ...model, ...thresholdsOf(examples.map((each) => [probability(each.signals, model), each])) };
}

/**
 * The probability under which `WRONGLY_REFUSED` of the answerable questions are, and the one under which
 * no more unproved ones are than make `WRONGLY_REFUSED_IN_ALL` together with these.
 */
function thresholdsOf(
  judged: readonly (readonly [number, Example])[],
): Pick<Calibration, 'threshold' | 'unlessProved'> {
  const held = judged.filter(([, { isAnswerable }]) => isAnswerable).sort(([a], [b]) => a - b);
  const refused = Math.floor(WRONGLY_REFUSED * held.length);
  const more = Math.floor(WRONGLY_REFUSED_IN_ALL * held.length) - refused;
  const unproved = held.slice(refused).filter(([, { isUnproved }]) => isUnproved);
  return { threshold: held[refused]?.[0] ?? 0, unlessProved: unproved[more]?.[0] ?? 1 };
}

/** Refusals of each document's questions by a model fitted to the other documents. */
function crossValidate(examples: readonly Example[]): void {
  const documents = [...new Set(examples.map(({ document }) => document))];
  const refused = documents.flatMap((document) => {
    const model = fit(examples.filter((each) => each.document !== document));
    return examples
      .filter((each) => each.document === document)
      .map(({ signals, isAnswerable, isUnproved }) => ({
        isAnswerable,
        isRefused: probability(signals, model) < (isUnproved ? model.unlessProved : model.threshold),
      }));
  });
  const share = (isAnswerable: boolean) => {
    const kind = refused.filter((each) => each.isAnswerable === isAnswerable);
    return (kind.filter(({ isRefused }) => isRefused).length / kind.length).toFixed(2);
  };
  console.log(`Cross-validated: unanswerable refused ${share(false)}, answerable refused ${share(true)}`);
}

const files = process.argv.slice(2);
if (files.length === 0) throw new Error(USAGE);
const examples = files.flatMap(read);
crossValidate(examples);
writeFileSync(FILE, `${JSON.stringify(fit(examples), round, 2)}\n`);

function round(_: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(4)) : value;
}
