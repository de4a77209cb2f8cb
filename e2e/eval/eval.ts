/**
 * `npm run eval`: asks the built app the golden questions in headless Chromium and measures what
 * it finds and answers. Options: see USAGE. Exits with 1 when the golden set has a fault or a
 * figure lies under its floor.
 */
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { askGolden } from './ask-golden.ts';
import { faultsOf } from './check-golden.ts';
import { corpus } from './corpus.ts';
import { asLine, figuresOf } from './figures.ts';
import { readFloors, underFloors } from './floors.ts';
import { readGolden, type GoldenQuestion } from './golden.ts';
import { publish } from './report.ts';
import { drawAnswered, SHORT_DOCUMENTS } from './short.ts';

const USAGE = `npm run eval
  --short              a few small documents, and a dozen answers
  --check              only checks that the golden set is whole and its spans stand on their pages
  --retrieve-only      stops before the language model
  --half tune|judge, --language en|zh-CN, --only DOCUMENT
                       asks these questions only, of the whole collection; nothing is judged
  --dump FILE          writes all that is known of each question, a JSON line each
  --fresh              reads the documents in anew`;

const OPTIONS = {
  short: { type: 'boolean', default: false },
  check: { type: 'boolean', default: false },
  'retrieve-only': { type: 'boolean', default: false },
  half: { type: 'string' },
  language: { type: 'string' },
  only: { type: 'string' },
  dump: { type: 'string' },
  fresh: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.help) return console.log(USAGE);
  const { short, half, language, only, dump, fresh, 'retrieve-only': retrieveOnly } = values;
  const golden = readGolden();
  const collection = short ? 'short' : 'full';
  const documents = corpus(short ? SHORT_DOCUMENTS : undefined);
  const listed = golden.filter((question) => documents.some(({ key }) => key === question.document));
  const faults = short ? [] : await faultsOf(golden, documents);
  report('The golden set has faults', faults);
  if (values.check) return;

  const questions = listed.filter(
    (each) =>
      (half ?? each.half) === each.half &&
      (language ?? each.language) === each.language &&
      (only ?? each.document) === each.document,
  );
  if (questions.length === 0) throw new Error(`No golden question is asked for.\n${USAGE}`);
  const answered: ReadonlySet<GoldenQuestion> = short ? drawAnswered(questions) : new Set(questions);
  const isAnswered = (question: GoldenQuestion) => !retrieveOnly && answered.has(question);
  await build({ logLevel: 'warn' });
  const { machine, records } = await askGolden({ collection, documents, questions, isAnswered, dump, fresh });

  const ofHalf = (name: string) => figuresOf(records.filter(({ question }) => question.half === name));
  const [judge, tune] = [ofHalf('judge'), ofHalf('tune')];
  for (const figure of tune) console.log(asLine('tune', figure));
  for (const figure of judge) console.log(asLine('judge', figure));
  if (questions.length < listed.length) return;
  const floors = readFloors(collection);
  const measured = floors.filter(({ id }) => !retrieveOnly || !id.startsWith('answer.'));
  report('Under the floors', underFloors(short ? figuresOf(records) : judge, measured));
  if (!short && !retrieveOnly) await publish({ machine, judge, tune }, floors);
}

function report(title: string, faults: readonly string[]): void {
  if (faults.length === 0) return;
  console.error([`${title}:`, ...faults].join('\n  '));
  process.exitCode = 1;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
