import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';

const FOLDER = join(import.meta.dirname, 'golden');

export const KINDS = [
  'fact',
  'number',
  'definition',
  'why',
  'comparison',
  'follow-up',
  'multi-passage',
  'paraphrase',
  'unanswerable',
  'injection',
] as const;

const text = v.pipe(v.string(), v.nonEmpty());
/** From 1, as a PDF viewer counts. */
const page = v.pipe(v.number(), v.integer(), v.minValue(1));

/** Words of a page that answer the question. */
const Evidence = v.strictObject({ page, span: text });

const Question = v.pipe(
  v.strictObject({
    id: text,
    kind: v.picklist(KINDS),
    question: text,
    history: v.optional(v.array(v.strictObject({ question: text, answer: text })), []),
    evidence: v.array(Evidence),
    /** Any one of these in a text means that the fact is in it. */
    fact: v.array(text),
    /** Other places, of this document or another, that say the same. */
    also: v.optional(v.array(v.strictObject({ document: v.optional(text), page, span: text })), []),
  }),
  v.check(
    ({ kind, evidence, fact }) =>
      kind === 'unanswerable' ? evidence.length + fact.length === 0 : evidence.length > 0,
    'unanswerable questions have neither evidence nor fact, all others have evidence',
  ),
  v.check(
    ({ kind, evidence }) => kind !== 'multi-passage' || evidence.length > 1,
    'a multi-passage question has two or more places of evidence',
  ),
  v.check(
    ({ kind, history }) => kind !== 'follow-up' || history.length > 0,
    'a follow-up has the turns before it',
  ),
);

const Golden = v.strictObject({
  document: text,
  language: v.picklist(['en', 'zh-CN']),
  /** What is tuned on one half of the documents is judged on the other. */
  half: v.picklist(['tune', 'judge']),
  questions: v.array(Question),
});

type Golden = v.InferOutput<typeof Golden>;

/** Words on a page of a document, named by its key in the corpus. */
export interface Place {
  readonly document: string;
  readonly page: number;
  readonly span: string;
}

/** A question with what its file says of all of them. */
export type GoldenQuestion = Omit<v.InferOutput<typeof Question>, 'evidence' | 'also'> &
  Omit<Golden, 'questions'> & { readonly evidence: readonly Place[]; readonly also: readonly Place[] };

/** All golden questions, in the order of the files' names. @throws Error naming the file and what is wrong */
export function readGolden(): GoldenQuestion[] {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
  return names.sort().flatMap((name) => {
    const parsed = v.safeParse(Golden, JSON.parse(readFileSync(join(FOLDER, name), 'utf8')));
    if (!parsed.success) throw new Error(`${join(FOLDER, name)}: ${v.summarize(parsed.issues)}`);
    const { questions, ...about } = parsed.output;
    return questions.map((question) => ({
      ...question,
      ...about,
      evidence: question.evidence.map((place) => ({ ...place, document: about.document })),
      also: question.also.map((place) => ({ ...place, document: place.document ?? about.document })),
    }));
  });
}
