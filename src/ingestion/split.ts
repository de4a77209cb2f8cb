import type { Chunk, Span } from '../domain/chunk.ts';
import type { Language, Page } from '../domain/source-document.ts';
import { sentenceRanges } from '../domain/sentence-ranges.ts';

/** A sentence, a heading, or a piece of something too long to be one. */
export interface Sentence {
  readonly text: string;
  /** One span; two where the sentence runs on over the page break. */
  readonly spans: readonly Span[];
  /** What parts it from the sentence before it on its page: '' between Chinese ones, '\n' at a paragraph. */
  readonly gap: '' | ' ' | '\n';
}

/** No chunk has more tokens, unless one sentence alone does. */
const MAX_TOKENS = 160;
/** The last sentence of a chunk also opens the next one when it is no longer than this. */
const MAX_OVERLAP = 30;
/** Chinese has no capitals: a shorter last paragraph may be a heading and is not run on. */
const MIN_HAN_RUN_ON = 30;

/** A line of a table of contents: it has the words of a question, and answers none. */
const LEADER = /(?:\. ?){4,}|…{2,}|·{4,}/g;
/** Share of such a line that is dots. */
const MOSTLY_DOTS = 0.15;

/** Whether the line that this offset lies in is one. */
function isInLeader(text: string, offset: number): boolean {
  const end = text.indexOf('\n', offset);
  const line = text.slice(text.lastIndexOf('\n', offset) + 1, end < 0 ? text.length : end);
  const dots = [...line.matchAll(LEADER)].reduce((length, [match]) => length + match.length, 0);
  return dots > MOSTLY_DOTS * line.length;
}

function onPage(page: Page, language: Language): Sentence[] {
  let last = 0;
  const ranges = sentenceRanges(page.text, language).filter(({ start }) => !isInLeader(page.text, start));
  return ranges.map(({ start, end }) => {
    const between = page.text.slice(last, start);
    last = end;
    const gap = between.includes('\n') ? '\n' : between === '' ? '' : ' ';
    return { text: page.text.slice(start, end), spans: [{ page: page.number, start, end }], gap };
  });
}

function runsOn(before: Page, tail: Sentence, head: Sentence): boolean {
  if (tail.spans.length > 1 || head.spans[0]?.page !== before.number + 1) return false;
  if (/[.!?…。！？:：;；]["'”’」』）)\]]*$/.test(tail.text)) return false;
  if (/^\p{Ll}/u.test(head.text)) return true;
  const paragraph = before.text.trimEnd().split('\n').at(-1) ?? '';
  return (
    paragraph.length >= MIN_HAN_RUN_ON &&
    /[\p{Script=Han}，、]$/u.test(tail.text) &&
    /^\p{Script=Han}.*[。！？；]["'”’」』）)]*$/su.test(head.text)
  );
}

function joined(tail: Sentence, head: Sentence): Sentence {
  const glue = /[-\p{Script=Han}，、]$/u.test(tail.text) ? '' : ' ';
  return { ...tail, text: tail.text + glue + head.text, spans: [...tail.spans, ...head.spans] };
}

/**
 * The sentences of a document without its tables of contents, page by page: a caller with a long document can let others run in
 * between. A sentence that runs on belongs to the page it begins on.
 */
export function* sentencesByPage(pages: readonly Page[], language: Language): Generator<Sentence[]> {
  let before: { readonly page: Page; readonly sentences: Sentence[] } | null = null;
  for (const page of pages) {
    const sentences = onPage(page, language);
    const tail = before?.sentences.at(-1);
    const head = sentences[0];
    if (before && tail && head && runsOn(before.page, tail, head)) {
      before.sentences.splice(-1, 1, joined(tail, head));
      sentences.shift();
    }
    if (before) yield before.sentences;
    before = { page, sentences };
  }
  if (before) yield before.sentences;
}

/** All sentences of a document in one go; see `sentencesByPage`. */
export function sentencesOf(pages: readonly Page[], language: Language): Sentence[] {
  return [...sentencesByPage(pages, language)].flat();
}

interface Counted {
  readonly sentence: Sentence;
  readonly tokens: number;
}

const sum = (counted: readonly Counted[]): number => counted.reduce((total, { tokens }) => total + tokens, 0);

/** Sentences that may share chunks: those of one page, the last of which may run on. */
function runs(counted: readonly Counted[]): Counted[][] {
  const made: Counted[][] = [];
  let page: number | undefined;
  for (const each of counted) {
    const first = each.sentence.spans[0]?.page;
    if (first === page) made.at(-1)?.push(each);
    else made.push([each]);
    page = each.sentence.spans.length > 1 ? undefined : first;
  }
  return made;
}

/** Packs one run into chunks of about the same size, each no longer than it may be. */
function pack(run: readonly Counted[]): Counted[][] {
  const made: Counted[][] = [];
  let open: Counted[] = [];
  let size = 0;
  let rest = sum(run);
  let wanted = rest / Math.ceil(rest / MAX_TOKENS);
  for (const next of run) {
    if (open.length > 0 && (size >= wanted || size + next.tokens > MAX_TOKENS)) {
      made.push(open);
      const last = open.at(-1);
      const repeats = last && last.tokens <= MAX_OVERLAP && last.tokens + next.tokens <= MAX_TOKENS;
      open = repeats ? [last] : [];
      size = sum(open);
      wanted = (size + rest) / Math.ceil((size + rest) / MAX_TOKENS);
    }
    open.push(next);
    size += next.tokens;
    rest -= next.tokens;
  }
  return open.length > 0 ? [...made, open] : made;
}

/** From the first character to the last on each page touched. */
function spansOf(sentences: readonly Sentence[]): Span[] {
  const byPage = new Map<number, Span>();
  for (const { page, start, end } of sentences.flatMap((sentence) => sentence.spans)) {
    byPage.set(page, { page, start: byPage.get(page)?.start ?? start, end });
  }
  return [...byPage.values()];
}

/**
 * Packs sentences into chunks of about 120 to 160 tokens that overlap by a sentence of at most 30.
 * A chunk stays on one page, except that the sentence which ends it may run on to the next.
 * @param tokenCounts the length of each sentence in the embedding model's own tokens
 */
export function group(
  documentId: string,
  sentences: readonly Sentence[],
  tokenCounts: readonly number[],
): Chunk[] {
  const counted = sentences
    .map((sentence, index) => ({ sentence, tokens: tokenCounts[index] ?? 0 }))
    .filter(({ sentence }) => sentence.text.trim() !== '');
  return runs(counted)
    .flatMap(pack)
    .map((packed, ordinal) => {
      const inside = packed.map(({ sentence }) => sentence);
      return {
        id: `${documentId}:${ordinal}`,
        documentId,
        ordinal,
        ...written(inside),
        spans: spansOf(inside),
      };
    });
}

/** Sentences one after the other, and where each stands. */
function written(sentences: readonly Sentence[]): Pick<Chunk, 'text' | 'sentences'> {
  let text = '';
  const ranges = sentences.map(({ gap, text: own }) => {
    if (text !== '') text += gap;
    text += own;
    return { start: text.length - own.length, end: text.length };
  });
  return { text, sentences: ranges };
}
