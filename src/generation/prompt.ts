import type { Earlier, Passage } from '../domain/conversation.ts';
import { sentenceRanges } from '../domain/sentence-ranges.ts';
import type { Language } from '../domain/source-document.ts';
import { languageOf } from '../domain/terms.ts';
import { withoutMarks } from './as-data.ts';
import { estimateTokens } from './estimate-tokens.ts';
import { excerpts, excerptText, lacking, type Excerpt } from './excerpt.ts';
import type { Message } from './language-model.ts';

/** Tokens of the whole prompt: some three seconds of reading on two cores. More of it answers no better. */
const PROMPT_TOKENS = 300;
/** Tokens that the chat template adds around two messages, and the tags around five passages. */
const TEMPLATE_TOKENS = 50;
/** Tokens of sentences that were wanted before and are no longer: read, but not worth reading anew without. */
const OUTDATED_TOKENS = 120;
/** Tokens given to the turn before: enough to know what "it" is. */
const HISTORY_TOKENS = 60;

/** Room for the answer, in tokens. */
export const ANSWER_TOKENS = 160;

const texts = {
  en: {
    system: 'Answer the question in one or two sentences, using only the passages from the documents.',
    passages: 'Passages:',
    passagesFrom: (source: string) => `Passages from ${source}:`,
    before: 'Earlier question:',
    question: 'Question:',
  },
  zh: {
    system: '只根据文档中的段落，用一两句话回答问题。',
    passages: '段落：',
    passagesFrom: (source: string) => `${source} 中的段落：`,
    before: '之前的问题：',
    question: '问题：',
  },
} as const;

export interface Prompt {
  readonly messages: readonly Message[];
  /** The passages that something is read of, best first. */
  readonly passages: readonly Passage[];
  /** What of them, in the order in which it is read. */
  readonly laidOut: readonly Excerpt[];
}

/** The part that every prompt in this language begins with: read once, kept in the KV cache. */
export function systemMessage(language: Language): Message {
  return { role: 'system', content: texts[language].system };
}

/**
 * What the model reads: system text, passages, question, in this order, so that a follow-up on
 * the same passages only reads what comes after them. Of the passages stands in it what says most
 * on the question.
 * @param earlier the turn that the question leans on
 * @param before what the prompt read last held of passages, in its order
 * @param begun the text an earlier answer was cut at; the model goes on from there
 * @param source what a narrowed question was asked of; empty for all documents
 */
export function prompt(
  question: string,
  passages: readonly Passage[],
  earlier?: Earlier,
  before: readonly Excerpt[] = [],
  begun = '',
  source = '',
): Prompt {
  const language = languageOf(question);
  const words = texts[language];
  const tail = `${said(earlier, words.before)}${words.question} ${question}`;
  const heading = source ? words.passagesFrom(source) : words.passages;
  const fixed = TEMPLATE_TOKENS + estimateTokens(words.system + heading + tail);
  const chosen = excerpts(passages, PROMPT_TOKENS - fixed);
  const laidOut = layOut(chosen, passages, before);
  const evidence = laidOut.map(quoted).join('\n');
  const messages: Message[] = [
    systemMessage(language),
    { role: 'user', content: `${heading}\n\n${evidence}\n\n${tail}` },
  ];
  if (begun) messages.push({ role: 'assistant', content: begun });
  const read = new Set(laidOut.map(({ passage }) => passage));
  return { messages, passages: passages.filter((passage) => read.has(passage)), laidOut };
}

/** A document's text is data, and cannot end its passage. */
function quoted(excerpt: Excerpt): string {
  const text = withoutMarks(excerptText(excerpt)).replaceAll(/<(?=\/?passage>)/gi, '< ');
  return `<passage>\n${text}\n</passage>`;
}

/**
 * Whatever the ranks: first what also led the prompt before, cut as it was, as long as it is of
 * passages that are found, since that is in the KV cache; then what it lacks, in the order of the
 * documents. With every letter that is typed other sentences come up, and a prompt made anew for each would be
 * read anew each time. One that has grown too long for that begins from nothing.
 */
function layOut(
  chosen: readonly Excerpt[],
  found: readonly Passage[],
  before: readonly Excerpt[],
): readonly Excerpt[] {
  const passages = new Map(found.map((passage) => [passage.chunk.id, passage]));
  const kept: Excerpt[] = [];
  for (const { passage, ranges, decisive } of before) {
    const same = passages.get(passage.chunk.id);
    if (!same) break;
    kept.push({ passage: same, ranges, decisive });
  }
  const inOrder = [...chosen].sort(
    ({ passage: { chunk: a } }, { passage: { chunk: b } }) =>
      a.documentId.localeCompare(b.documentId) || a.ordinal - b.ordinal,
  );
  const laidOut = [...kept, ...inOrder.flatMap((excerpt) => lacking(excerpt, kept))];
  return lengthOf(laidOut) <= lengthOf(inOrder) + OUTDATED_TOKENS ? laidOut : inOrder;
}

const lengthOf = (laidOut: readonly Excerpt[]) => estimateTokens(laidOut.map(quoted).join('\n'));

/** The question before and the first whole sentences of its answer. */
function said(turn: Earlier | undefined, label: string): string {
  if (!turn) return '';
  const answer = turn.answer?.text ?? '';
  let text = turn.question;
  for (const { start, end } of sentenceRanges(answer, languageOf(answer))) {
    const longer = `${text} ${answer.slice(start, end)}`;
    if (estimateTokens(longer) > HISTORY_TOKENS) break;
    text = longer;
  }
  return `${label} ${oneLine(text)}\n\n`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
