import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../../scripts/models/cache.ts';
import { parseInNode } from '../fixtures/parse-in-node.ts';
import type { CorpusDocument } from './corpus.ts';
import { fingerprint, PARSING } from './fingerprint.ts';
import { KINDS, type GoldenQuestion } from './golden.ts';
import { squeezed } from './metrics/texts.ts';

const MIN_QUESTIONS = 120;
const MIN_DOCUMENTS = 12;

/**
 * What is wrong with the golden set, a sentence each: spans that do not stand on their page as
 * the app reads it, ids used twice, kinds, questions or documents that are missing.
 */
export async function faultsOf(
  golden: readonly GoldenQuestion[],
  documents: readonly CorpusDocument[],
): Promise<string[]> {
  const faults = [...repeatedIds(golden), ...missing(golden)];
  for (const key of new Set(golden.map(({ document }) => document))) {
    if (!documents.some((each) => each.key === key)) faults.push(`${key} is not in the corpus`);
  }
  const texts = new Map<string, readonly string[]>();
  for (const document of documents) texts.set(document.key, await pageTexts(document));
  return [...faults, ...golden.flatMap((question) => misplaced(question, texts))];
}

function repeatedIds(golden: readonly GoldenQuestion[]): string[] {
  const ids = golden.map(({ id }) => id);
  return ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `${id}: the id is used twice`);
}

function missing(golden: readonly GoldenQuestion[]): string[] {
  const documents = new Set(golden.map(({ document }) => document)).size;
  const kinds = KINDS.filter((kind) => !golden.some((question) => question.kind === kind));
  return [
    ...(golden.length < MIN_QUESTIONS
      ? [`${String(golden.length)} questions, not ${String(MIN_QUESTIONS)}`]
      : []),
    ...(documents < MIN_DOCUMENTS ? [`${String(documents)} documents, not ${String(MIN_DOCUMENTS)}`] : []),
    ...kinds.map((kind) => `no question of the kind ${kind}`),
  ];
}

function misplaced(question: GoldenQuestion, texts: ReadonlyMap<string, readonly string[]>): string[] {
  return [...question.evidence, ...question.also].flatMap(({ document, page, span }) => {
    const text = texts.get(document)?.[page - 1];
    if (text?.includes(squeezed(span))) return [];
    const where = `page ${String(page)} of ${document}`;
    return [`${question.id}: ${text === undefined ? 'there is no' : `“${span}” is not on`} ${where}`];
  });
}

/** The pages' texts, squeezed. Kept in the user's cache: to read the whole corpus takes minutes. */
async function pageTexts({ path, sha256 }: CorpusDocument): Promise<readonly string[]> {
  const folder = join(cacheFolder(), 'eval-pages');
  const kept = join(folder, `${sha256}-${fingerprint(PARSING)}.json`);
  if (existsSync(kept)) return JSON.parse(readFileSync(kept, 'utf8')) as string[];
  const { pages } = await parseInNode(path);
  const texts = pages.map(({ text }) => squeezed(text));
  mkdirSync(folder, { recursive: true });
  writeFileSync(kept, JSON.stringify(texts));
  return texts;
}
