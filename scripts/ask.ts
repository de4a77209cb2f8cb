/**
 * `npm run ask -- file.pdf… "question"`: drives the built app in headless Chromium and prints
 * the answer. Options: see USAGE.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { openApp } from './ask/open-app.ts';
import { ask, ingest, readyModel } from './ask/session.ts';
import { asText } from './ask/report.ts';

const USAGE = `npm run ask -- file.pdf… "question"
  --json               one JSON object instead of text
  --questions FILE     ask many: a line {"id", "question", "history"?: [{"question", "answer"}]} each;
                       prints one JSON line each, in order
  --retrieve-only      stop before the language model
  --model ID           the language model (default: the one models.lock.json names)
  --profile DIR        keep the browser profile, so that nothing is ingested or fetched twice`;

const Asked = v.object({
  id: v.union([v.string(), v.number()]),
  question: v.pipe(v.string(), v.nonEmpty()),
  history: v.optional(v.array(v.object({ question: v.string(), answer: v.string() })), []),
});
export type Asked = v.InferOutput<typeof Asked>;

function readQuestions(path: string): Asked[] {
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim());
  return lines.map((line, index) => {
    const parsed = v.safeParse(Asked, JSON.parse(line));
    if (!parsed.success) throw new Error(`${path}, line ${String(index + 1)}: ${v.summarize(parsed.issues)}`);
    return parsed.output;
  });
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      questions: { type: 'string' },
      'retrieve-only': { type: 'boolean', default: false },
      model: { type: 'string' },
      profile: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(USAGE);
  const files = values.questions ? positionals : positionals.slice(0, -1);
  const [question] = values.questions ? [] : positionals.slice(-1);
  const asked = values.questions
    ? readQuestions(values.questions)
    : question
      ? [{ id: 1, question, history: [] }]
      : [];
  if (asked.length === 0) throw new Error(`No question was given.\n${USAGE}`);
  const app = await openApp(values.profile);
  try {
    await ingest(app.page, files);
    const passagesOnly = values['retrieve-only'];
    if (!passagesOnly) await readyModel(app.page, values.model);
    for (const each of asked) {
      const result = await ask(app.page, each, passagesOnly);
      if (values.questions || values.json) console.log(JSON.stringify(result));
      else console.log(asText(result));
    }
  } finally {
    await app.close();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
