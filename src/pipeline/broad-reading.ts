import type { BroadQuestion } from '../domain/broad-question.ts';
import type { Answer, AnswerStatus, Passage, Turn } from '../domain/conversation.ts';
import { sentenceRanges } from '../domain/sentence-ranges.ts';
import type { Language, SourceDocument } from '../domain/source-document.ts';
import { languageOf } from '../domain/terms.ts';
import { asData } from '../generation/as-data.ts';
import {
  ITEMS_TOKENS,
  itemsOf,
  itemsPrompt,
  NOTE_TOKENS,
  notePrompt,
  overallPrompt,
} from '../generation/broad-prompt.ts';
import type { CompletionEvent, LanguageModel, Message } from '../generation/language-model.ts';
import { ANSWER_TOKENS } from '../generation/prompt.ts';
import { decisiveSentences } from '../retrieval/highlight.ts';
import { scoreSentences } from '../retrieval/score-sentences.ts';
import { closed, isHeld, listText, summaryText, type Draft, type Note } from './broad-text.ts';
import { CompletionCost } from './completion-cost.ts';
import { SECTION_TOKENS, spread } from './sections.ts';

/** Time that reading the sections may take, in ms. */
const BUDGET_MS = 120_000;
/** As few sections are read on the slowest machine. */
const FEWEST = 4;
/** The notes on more sections would not fit the context beside the overall answer. */
const MOST = 24;

export interface SectionEvent {
  readonly kind: 'section';
  /** The one that is being read, from 1. */
  readonly section: number;
  /** Sections that will be read; null until the first has shown how long one takes. */
  readonly total: number | null;
  /** Sections that there are. */
  readonly of: number;
  readonly secondsLeft: number | null;
}

/** All that is written so far, and the sections it comes from. */
export type BroadDraft = Pick<Turn, 'passages' | 'retrievalMs'> & Pick<Answer, 'text' | 'citations'>;

export type BroadEvent =
  | SectionEvent
  /** The sections are read, the overall answer is begun. */
  | { readonly kind: 'concluding' }
  | ({ readonly kind: 'draft' } & BroadDraft)
  | { readonly kind: 'answered'; readonly answer: Answer; readonly passages: readonly Passage[] };

export interface BroadRequest {
  readonly question: string;
  readonly broad: BroadQuestion;
  readonly documents: readonly SourceDocument[];
  readonly modelId: string;
}

/** What one broad question has come to so far. */
export class BroadReading {
  #notes: Note[] = [];
  #passages: readonly Passage[] = [];
  #overall = '';
  #read = 0;
  #cost = new CompletionCost();
  #language: Language;

  constructor(
    private readonly request: BroadRequest,
    private readonly retrievalMs: number,
    private readonly sections: readonly Passage[],
    private readonly model: LanguageModel,
    private readonly signal: AbortSignal,
  ) {
    this.#language = languageOf(request.question);
  }

  get hasNotes(): boolean {
    return this.#notes.length > 0;
  }

  /** @param ranked for a list, the sections by how well they fit */
  async *readSections(ranked: readonly Passage[] | null): AsyncGenerator<BroadEvent> {
    const { sections } = this;
    const of = sections.length;
    const first = (ranked ?? sections)[0];
    if (!first) return;
    const started = performance.now();
    yield { kind: 'section', section: 1, total: null, of, secondsLeft: null };
    yield* this.#readSection(first);
    const total = Math.min(of, this.#affordable());
    const chosen = new Set(ranked?.slice(0, total) ?? spread(sections, total));
    for (const section of sections.filter((each) => each !== first && chosen.has(each))) {
      const perSection = (performance.now() - started) / this.#read / 1000;
      const secondsLeft = perSection * (total - this.#read);
      yield { kind: 'section', section: this.#read + 1, total, of, secondsLeft };
      yield* this.#readSection(section);
    }
  }

  /** Sums up the notes; whole sentences appear as they are finished. */
  async *conclude(): AsyncGenerator<BroadEvent> {
    if (this.#notes.length < 2) return;
    yield { kind: 'concluding' };
    const notes = this.#notes.flatMap(({ lines }) => lines);
    let written = '';
    for await (const event of this.#complete(overallPrompt(notes, this.#language), ANSWER_TOKENS)) {
      if (event.kind !== 'token') continue;
      written += event.text;
      const whole = wholeSentences(written);
      if (whole === this.#overall) continue;
      this.#overall = whole;
      yield this.#draftEvent();
    }
    this.#overall ||= written.trim();
  }

  answered(status: AnswerStatus): BroadEvent {
    const draft = closed(this.#draft(), this.#read, this.sections.length, this.#language);
    const timings = { retrievalMs: this.retrievalMs, ...this.#cost.sum };
    const answer = { ...draft, status, timings, modelId: this.request.modelId };
    return { kind: 'answered', answer, passages: this.#passages };
  }

  /** How many sections two minutes allow, at the rates the first was read at. */
  #affordable(): number {
    const ms = this.#cost.estimate(SECTION_TOKENS + NOTE_TOKENS, NOTE_TOKENS);
    return Math.min(MOST, Math.max(FEWEST, Math.floor(BUDGET_MS / Math.max(1, ms))));
  }

  async *#readSection(section: Passage): AsyncGenerator<BroadEvent> {
    const before = this.#passages;
    const passage = { ...section, number: before.length + 1 };
    this.#passages = [...before, passage];
    const lines = await this.#linesOn(passage);
    const highlight = decisiveSentences(passage.chunk, scoreSentences(lines.join(' '), passage.chunk));
    const read = { ...passage, highlight };
    this.#passages = [...before, read];
    this.#read++;
    if (lines.length > 0) this.#notes.push({ passage: read, lines });
    yield this.#draftEvent();
  }

  async #linesOn(passage: Passage): Promise<string[]> {
    const { broad } = this.request;
    const text = asData(passage.chunk);
    if (broad.kind === 'summary') {
      const written = await this.#written(notePrompt(text, this.#language), NOTE_TOKENS);
      const note = (wholeSentences(written) || written).replace(/\s+/g, ' ').trim();
      return note === '' ? [] : [note];
    }
    const written = await this.#written(itemsPrompt(broad.wanted, text, this.#language), ITEMS_TOKENS);
    return itemsOf(written).filter((item) => isHeld(item, passage));
  }

  async #written(messages: readonly Message[], maxTokens: number): Promise<string> {
    let text = '';
    for await (const event of this.#complete(messages, maxTokens)) {
      if (event.kind === 'token') text += event.text;
    }
    return text;
  }

  async *#complete(messages: readonly Message[], maxTokens: number): AsyncGenerator<CompletionEvent> {
    for await (const event of this.model.complete(messages, maxTokens, this.signal)) {
      if (event.kind === 'finished') this.#cost.add(event.timings);
      yield event;
    }
  }

  #draft(): Draft {
    if (this.request.broad.kind === 'list') return listText(this.#notes);
    return summaryText(this.#overall, this.#notes, this.#language);
  }

  #draftEvent(): BroadEvent {
    return { kind: 'draft', ...this.#draft(), passages: this.#passages, retrievalMs: this.retrievalMs };
  }
}

/** Up to the last sentence that is finished; empty when none is. */
function wholeSentences(text: string): string {
  const finished = sentenceRanges(text, languageOf(text)).filter(({ start, end }) =>
    /[.!?…。！？]["'”’」』）)\]]*$/.test(text.slice(start, end)),
  );
  return text.slice(0, finished.at(-1)?.end ?? 0).trim();
}
