/**
 * `npm run bench [-- --only page,retrieval,large,answers] [--models small,default] [--runs 5]`:
 * measures the built app in headless Chromium; prints a line a figure, writes `results.json` and the
 * README's table. `--only engine` measures the engine beside others; this takes half an hour, and with
 * the model `large` an hour more.
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

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', default: 'page,retrieval,large,answers' },
      models: { type: 'string', default: 'small,default' },
      runs: { type: 'string', default: '5' },
    },
  });
  const wanted = values.only.split(',');
  const models = values.models.split(',');
  const runs = Number(values.runs);
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
    if (wanted.includes('page')) add(await pageFigures(page, runs));
    if (wanted.includes('engine')) {
      for (const name of models)
        for (const threads of [1, 2]) add(await engineFigures(page.context(), name, threads, runs));
    }
    if (wanted.some((part) => part !== 'engine')) {
      // Fetches and warms the embedding model and the PDF reader.
      const task = await longestTask(page, () => ingest(page, [SAMPLE]));
      add([
        figure('ingest-first-task', 'Longest task of the main thread, first PDF', 'ms', [task], '≤ 200 ms'),
      ]);
    }
    if (wanted.includes('retrieval')) add(await retrievalFigures(page, runs));
    if (wanted.includes('large')) add(await largeCollections(page));
    if (wanted.includes('answers')) for (const name of models) add(await answerFigures(page, name, runs));
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
