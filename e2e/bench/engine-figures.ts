import { cpus } from 'node:os';
import type { BrowserContext } from '@playwright/test';
import type { ModelSpec } from '../../src/domain/model-spec.ts';
import { runInPage, serveEngines } from '../engine-page.ts';
import type { Outcome, Task } from '../engine-task.ts';
import { fieldGuide } from '../fixtures/texts/field-guide.ts';
import { figure, repeat, type Figure } from './figures.ts';
import { languageModel, modelFile } from './models.ts';
import { nativeEngine, type NativeEngine } from './native-engine.ts';

type EngineName = 'stock' | 'ours' | 'native';
type Run = (task: Task) => Promise<Outcome>;
type Outcomes = Readonly<Record<EngineName, readonly Outcome[]>>;

const LABELS: Readonly<Record<EngineName, string>> = {
  stock: "wllama's engine, f16 cache",
  ours: 'our engine',
  native: 'native llama.cpp',
};

/** Of the default model on two threads, by the end of the figure's id. */
const GOALS: Readonly<Record<string, string>> = {
  'prefill-to-stock': '≥ 5 times',
  'decode-to-stock': '≥ 4 times',
  'load-to-stock': '≥ 2 times',
};

/** Characters of the prompt: some 326 tokens. */
const PROMPT = 1_345;
const WARM_UP = 200;
/** Tokens to write. */
const ANSWER = 48;

/**
 * Loading, reading and writing by our engine, by the one of wllama's package and by llama.cpp
 * compiled for this machine, in turns; a run of each is with a model loaded for it alone.
 * @param name as `--models` calls it
 */
export async function engineFigures(
  context: BrowserContext,
  name: string,
  threads: number,
  runs: number,
): Promise<Figure[]> {
  const model = languageModel(name);
  if (threads > cpus().length) return [];
  native ??= nativeOrNone();
  const byNative = await native;
  const host = await serveEngines();
  try {
    const engines = {
      stock: (task: Task) => runInPage(context, host, 'stock', task),
      ours: (task: Task) => runInPage(context, host, 'ours', task),
      ...(byNative && { native: byNative }),
    };
    return asFigures(model, threads, await inTurns(engines, model, threads, runs));
  } finally {
    await host.close();
  }
}

let native: Promise<NativeEngine | undefined> | undefined;

async function nativeOrNone(): Promise<NativeEngine | undefined> {
  try {
    return await nativeEngine();
  } catch (error) {
    const [reason] = String(error).split('\n');
    console.log(`Native llama.cpp is left out: ${reason ?? ''}`);
    return undefined;
  }
}

async function inTurns(
  engines: Readonly<Partial<Record<EngineName, Run>>>,
  model: ModelSpec,
  threads: number,
  runs: number,
): Promise<Outcomes> {
  const outcomes: Record<EngineName, Outcome[]> = { stock: [], ours: [], native: [] };
  const text = fieldGuide.blocks.map((block) => ('text' in block ? block.text : block.heading)).join('\n\n');
  const task: Task = {
    model: modelFile(model),
    threads,
    prompt: opening(text, PROMPT),
    tokens: ANSWER,
    warmUp: opening(text, WARM_UP),
    stop: true,
  };
  await repeat(runs, async (turn) => {
    for (const [name, run] of Object.entries(engines) as [EngineName, Run][]) {
      const outcome = await run(task);
      outcomes[name].push(outcome);
      console.log(
        `  ${model.name}, ${String(threads)} threads, run ${String(turn + 1)}: ${asWords(name, outcome)}`,
      );
    }
  });
  return outcomes;
}

/** The first whole words of a text. */
function opening(text: string, characters: number): string {
  return text.slice(0, text.lastIndexOf(' ', characters));
}

function asWords(name: EngineName, outcome: Outcome): string {
  const { loadMs, promptTokens, writtenTokens } = outcome;
  const [read, written] = [prefillSpeed(outcome).toFixed(1), decodeSpeed(outcome).toFixed(1)];
  return (
    `${name} loaded in ${loadMs.toFixed(0)} ms, ` +
    `read ${String(promptTokens)} at ${read} and wrote ${String(writtenTokens)} at ${written} tokens/s`
  );
}

const prefillSpeed = ({ promptTokens, prefillMs }: Outcome) => (promptTokens / prefillMs) * 1000;

/** The first token comes with reading: its time is not in `decodeMs`. */
const decodeSpeed = ({ writtenTokens, decodeMs }: Outcome) => ((writtenTokens - 1) / decodeMs) * 1000;

const loadTime = ({ loadMs }: Outcome) => loadMs;

const memory = ({ memoryBytes }: Outcome) => memoryBytes / 1e6;

function asFigures(model: ModelSpec, threads: number, outcomes: Outcomes): Figure[] {
  const subject = `${model.name}, ${threads === 1 ? '1 thread' : `${String(threads)} threads`}`;
  const goals = model.default && threads === 2 ? GOALS : {};
  const make = (part: string, label: string, unit: string, values: readonly number[]) =>
    figure(
      `engine-${model.id}-${String(threads)}-${part}`,
      `${subject}: ${label}`,
      unit,
      values,
      goals[part],
    );
  const ofEngine = (name: EngineName) => [
    make(`${name}-prefill`, `prefill by ${LABELS[name]}`, 'tokens/s', outcomes[name].map(prefillSpeed)),
    make(`${name}-decode`, `decode by ${LABELS[name]}`, 'tokens/s', outcomes[name].map(decodeSpeed)),
    make(`${name}-load`, `load by ${LABELS[name]}`, 'ms', outcomes[name].map(loadTime)),
    make(`${name}-memory`, `memory of ${LABELS[name]} after an answer`, 'MB', outcomes[name].map(memory)),
  ];
  const { stock, ours, native } = outcomes;
  const stops = (name: EngineName) =>
    make(
      `${name}-stop`,
      `stop amid reading by ${LABELS[name]}`,
      'ms',
      outcomes[name].flatMap(({ stopMs }) => stopMs ?? []),
    );
  const comparisons = [
    make('prefill-to-stock', "prefill, ours to wllama's", 'times', ratios(ours, stock, prefillSpeed)),
    make('decode-to-stock', "decode, ours to wllama's", 'times', ratios(ours, stock, decodeSpeed)),
    make('load-to-stock', "load, wllama's to ours", 'times', ratios(stock, ours, loadTime)),
    make('prefill-to-native', 'prefill, ours to native', 'times', ratios(ours, native, prefillSpeed)),
    make('decode-to-native', 'decode, ours to native', 'times', ratios(ours, native, decodeSpeed)),
  ];
  const figures = [
    ...ofEngine('stock'),
    ...ofEngine('ours'),
    ...ofEngine('native'),
    stops('stock'),
    stops('ours'),
    ...comparisons,
  ];
  return figures.filter(({ values }) => values.length > 0);
}

/** Of the same run; none without `below`. */
function ratios(
  above: readonly Outcome[],
  below: readonly Outcome[],
  of: (outcome: Outcome) => number,
): number[] {
  return below.map((outcome, run) => {
    const other = above[run];
    return other ? of(other) / of(outcome) : NaN;
  });
}
