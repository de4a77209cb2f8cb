/**
 * `npm run bench [-- --default-model] [-- --only page,retrieval,answers]`: measures the built app
 * in headless Chromium; prints a line a figure, writes `results.json` and the README's table.
 * `npm run bench -- --only engine [--models small,default] [--runs 5]` measures the engine beside
 * others; this takes half an hour.
 */
import { parseArgs } from 'node:util';
import { openApp } from '../../scripts/ask/open-app.ts';
import { ingest } from '../../scripts/ask/session.ts';
import { answerFigures } from './answer-figures.ts';
import { engineFigures } from './engine-figures.ts';
import { asLine, figure, type Figure } from './figures.ts';
import { largeCollections } from './large-collections.ts';
import { longestTask } from './longest-task.ts';
import { pageFigures } from './page-figures.ts';
import { describeMachine, load, publish, save } from './report.ts';
import { retrievalFigures } from './retrieval-figures.ts';

const SAMPLE = 'public/samples/field-guide.pdf';
const SMALL_MODEL = 'smollm2-135m-instruct-q4_1';
const DEFAULT_MODEL = 'qwen2.5-coder-0.5b-instruct-q4_k_m';
const MODELS: Readonly<Record<string, string>> = { small: SMALL_MODEL, default: DEFAULT_MODEL };
const RUNS = 5;
/** A pair of answers of the default model takes minutes. */
const DEFAULT_MODEL_RUNS = 3;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      'default-model': { type: 'boolean', default: false },
      only: { type: 'string', default: 'page,retrieval,large,answers' },
      models: { type: 'string', default: 'small,default' },
      runs: { type: 'string', default: String(RUNS) },
    },
  });
  const wanted = values.only.split(',');
  const loadBefore = load();
  const app = await openApp(undefined);
  try {
    const { page } = app;
    const machine = await describeMachine(page);
    console.log(`${machine}; load before: ${loadBefore.toFixed(1)}`);
    const figures: Figure[] = [];
    const add = (measured: readonly Figure[]) => {
      figures.push(...measured);
      for (const each of measured) console.log(asLine(each));
    };
    if (wanted.includes('page')) add(await pageFigures(page, RUNS));
    if (wanted.includes('engine')) {
      for (const name of values.models.split(','))
        for (const threads of [1, 2])
          add(await engineFigures(MODELS[name] ?? name, threads, Number(values.runs)));
    }
    if (wanted.some((part) => part !== 'engine')) {
      // Fetches and warms the embedding model and the PDF reader.
      const task = await longestTask(page, () => ingest(page, [SAMPLE]));
      add([
        figure('ingest-first-task', 'Longest task of the main thread, first PDF', 'ms', [task], '≤ 200 ms'),
      ]);
    }
    if (wanted.includes('retrieval')) add(await retrievalFigures(page, RUNS));
    if (wanted.includes('large')) add(await largeCollections(page));
    if (wanted.includes('answers')) add(await answerFigures(page, SMALL_MODEL, RUNS));
    if (values['default-model']) add(await answerFigures(page, DEFAULT_MODEL, DEFAULT_MODEL_RUNS));
    const measuredAt = new Date().toISOString();
    await publish(save({ machine, measuredAt, loadBefore, figures }));
  } finally {
    await app.close();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
