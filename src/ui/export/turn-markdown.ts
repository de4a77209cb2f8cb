import { pageOf } from '../../domain/chunk.ts';
import type { Answer, Passage, Turn } from '../../domain/conversation.ts';
import { quoteFor, quoteText, type Quote } from '../../domain/quote.ts';
import { answerParts, type Run } from '../chat/answer-parts.ts';

/** What is said in the reader's language. */
export interface TurnWords {
  readonly sources: string;
  /** The heading in the place of `sources` when the answer cites none, or there is no answer. */
  readonly passages: string;
  readonly unproven: string;
  /** Before what the documents themselves say, below an answer that nothing proves. */
  readonly quoted: string;
  readonly source: (of: { name: string; page: number; quote: string }) => string;
}

/** Marks a sentence that no passage proves. */
const UNPROVEN = '[?]';

/** Foreign text as text: in a reader of Markdown an image in it would be fetched. */
function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>]|&(?=[#\w]+;)/g, '\\$&');
}

const inOneLine = (text: string): string => escaped(text.replace(/\s+/g, ' ').trim());

function runMarkdown({ kind, text }: Run): string {
  if (kind === 'code') return `\`${text}\``;
  return kind === 'strong' ? `**${escaped(text)}**` : escaped(text);
}

function answerMarkdown({ text, citations }: Answer): string {
  return answerParts(text, citations)
    .map(({ runs, citation }) => {
      const words = runs.map(runMarkdown).join('');
      return citation ? `${words} ${citation.passage === null ? UNPROVEN : `[${citation.passage}]`}` : words;
    })
    .join('');
}

function quoteMarkdown(quote: Quote, { quoted }: TurnWords): string {
  return `${quoted}\n\n> ${inOneLine(quoteText(quote))} [${quote.passage.number}]`;
}

function sourceMarkdown({ number, chunk, documentName, highlight }: Passage, { source }: TurnWords): string {
  const quote = highlight ? chunk.text.slice(highlight.start, highlight.end) : chunk.text;
  const page = pageOf(chunk, highlight?.best);
  // Not a Markdown list of numbers, which would count anew: these are the numbers of the answer.
  return `- [${number}] ${source({ name: inOneLine(documentName), page, quote: inOneLine(quote) })}`;
}

/** A question, its answer with numbered marks, and the sources with these numbers, as Markdown. */
export function turnMarkdown(
  { question, passages, answer }: Pick<Turn, 'question' | 'passages' | 'answer'>,
  words: TurnWords,
): string {
  const quote = answer && quoteFor(answer, passages);
  const numbers = new Set(answer?.citations.map(({ passage }) => passage));
  const cited = passages.filter(({ number }) => numbers.has(number));
  const listed = cited.length > 0 ? cited : passages;
  const sections = [
    `## ${inOneLine(question)}`,
    answer ? answerMarkdown(answer).trim() : '',
    quote ? quoteMarkdown(quote, words) : '',
    listed.length > 0 ? `**${cited.length > 0 ? words.sources : words.passages}**` : '',
    listed.map((passage) => sourceMarkdown(passage, words)).join('\n'),
    numbers.has(null) ? `${UNPROVEN} ${words.unproven}` : '',
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}
