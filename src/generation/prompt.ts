import type { Passage, Turn } from '../domain/conversation.ts';
import { sentenceRanges } from '../domain/sentence-ranges.ts';
import type { Language } from '../domain/source-document.ts';
import { languageOf } from '../domain/terms.ts';
import type { Message } from './language-model.ts';

/** Tokens of the whole prompt: some four seconds of reading on two cores. */
const PROMPT_TOKENS = 350;
/** Tokens that the chat template adds around two messages. */
const TEMPLATE_TOKENS = 20;
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
  /** The passages that fitted, best first. */
  readonly passages: readonly Passage[];
  /** The same in the order in which they are read. */
  readonly laidOut: readonly Passage[];
}

/** The part that every prompt in this language begins with: read once, kept in the KV cache. */
export function systemMessage(language: Language): Message {
  return { role: 'system', content: texts[language].system };
}

/**
 * What the model reads: system text, passages, question, in this order, so that a follow-up on
 * the same passages only reads what comes after them. Passages that do not fit are left out
 * whole, the weakest first.
 * @param before the passages of the prompt read last, in its order
 * @param begun the text an earlier answer was cut at; the model goes on from there
 * @param source what a narrowed question was asked of; empty for all documents
 */
export function prompt(
  question: string,
  passages: readonly Passage[],
  history: readonly Turn[],
  before: readonly Passage[] = [],
  begun = '',
  source = '',
): Prompt {
  const language = languageOf(question);
  const words = texts[language];
  const tail = `${earlier(history, words.before)}${words.question} ${question}`;
  const heading = source ? words.passagesFrom(source) : words.passages;
  const fixed = TEMPLATE_TOKENS + estimateTokens(words.system + heading + tail);
  const fitting = fit(passages, PROMPT_TOKENS - fixed);
  const laidOut = layOut(fitting, before);
  const evidence = laidOut.map((passage) => oneLine(passage.chunk.text)).join('\n\n');
  const messages: Message[] = [
    systemMessage(language),
    { role: 'user', content: `${heading}\n\n${evidence}\n\n${tail}` },
  ];
  if (begun) messages.push({ role: 'assistant', content: begun });
  return { messages, passages: fitting, laidOut };
}

/**
 * Tokens of a text for the models offered: about 3.8 letters of English or 1.3 Han characters
 * each, a rule of thumb, rounded up.
 */
export function estimateTokens(text: string): number {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  return Math.ceil(han / 1.3 + (text.length - han) / 3.8);
}

/** The best passages that fit, at least one. */
function fit(passages: readonly Passage[], budget: number): Passage[] {
  let left = budget;
  const chosen: Passage[] = [];
  for (const passage of passages) {
    left -= estimateTokens(passage.chunk.text) + 1;
    if (left < 0 && chosen.length > 0) break;
    chosen.push(passage);
  }
  return chosen;
}

/**
 * Whatever the ranks: first what also led the prompt before, as long as it does, since that is in
 * the KV cache; the rest in the order of the documents.
 */
function layOut(passages: readonly Passage[], before: readonly Passage[]): Passage[] {
  const wanted = new Map(passages.map((passage) => [passage.chunk.id, passage]));
  const kept: Passage[] = [];
  for (const { chunk } of before) {
    const passage = wanted.get(chunk.id);
    if (!passage) break;
    kept.push(passage);
    wanted.delete(chunk.id);
  }
  const rest = [...wanted.values()].sort(
    (a, b) => a.chunk.documentId.localeCompare(b.chunk.documentId) || a.chunk.ordinal - b.chunk.ordinal,
  );
  return [...kept, ...rest];
}

/** The question before and the first whole sentences of its answer. */
function earlier(history: readonly Turn[], label: string): string {
  const turn = history.at(-1);
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
