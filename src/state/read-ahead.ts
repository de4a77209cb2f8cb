import type { Earlier } from '../domain/conversation.ts';
import type { SourceDocument } from '../domain/source-document.ts';
import type { Scope } from '../domain/scope.ts';
import { isAbort } from '../domain/failure.ts';
import { excerptText, type Excerpt } from '../generation/excerpt.ts';
import type { LanguageModel } from '../generation/language-model.ts';
import { preparePrompt, type AheadPrompt } from '../pipeline/read-ahead.ts';
import type { Retriever } from '../retrieval/retriever.ts';
import type { DocumentStore } from '../storage/documents.ts';

/** Pause between two looks at what is being typed, in ms. */
const PACE = 400;
/** A shorter beginning of a question, in letters, finds nothing that stays. */
const SHORTEST = 8;
const SHORTEST_HAN = 3;

export interface ReadAheadStages {
  readonly retriever: Retriever;
  readonly documents: DocumentStore;
}

/** What a look at the draft needs to know; null when there is nothing to read ahead for. */
export interface Surroundings {
  readonly documents: readonly SourceDocument[];
  readonly scope: Scope;
  readonly earlier: Earlier | undefined;
  readonly model: LanguageModel;
}

/**
 * Lets the model read the prompt of a question while it is being typed. Reading goes on while
 * the same passages are found for what is there, and begins anew when others are.
 */
export class ReadAhead {
  #draft = '';
  #seen = '';
  #timer: ReturnType<typeof setTimeout> | null = null;
  #reading: AbortController | null = null;
  #laidOut: readonly Excerpt[] = [];

  constructor(
    private readonly stages: ReadAheadStages,
    private readonly look: () => Surroundings | null,
  ) {}

  /** What the model read last of passages, in its order. */
  get laidOut(): readonly Excerpt[] {
    return this.#laidOut;
  }

  /** Tells what stands in the field now. */
  typed(draft: string): void {
    this.#draft = draft.trim();
    this.#timer ??= setTimeout(() => void this.#next(), PACE);
  }

  /** A question is asked: what was read of its prompt stays in the model. */
  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#draft = this.#seen = '';
    this.#reading?.abort(new DOMException('asked', 'AbortError'));
  }

  /** A question's own prompt is being read. */
  replaced(laidOut: readonly Excerpt[]): void {
    this.#laidOut = laidOut;
  }

  async #next(): Promise<void> {
    const draft = this.#draft;
    const surroundings = this.look();
    if (draft !== this.#seen && isLongEnough(draft) && surroundings) {
      try {
        await this.#read(draft, surroundings);
      } catch (error) {
        // The question itself will be answered, or fail with words of its own.
        if (!isAbort(error)) console.warn('reading ahead failed', error);
      }
    }
    this.#timer = this.#draft === draft ? null : setTimeout(() => void this.#next(), PACE);
  }

  async #read(draft: string, { documents, scope, earlier, model }: Surroundings): Promise<void> {
    const ahead = await preparePrompt(
      { draft, documents, scope, earlier, before: this.#laidOut },
      this.stages,
    );
    if (!ahead || this.#draft === '' || !this.look()) return; // asked meanwhile
    this.#seen = draft;
    if (this.#reading && isSame(ahead.laidOut, this.#laidOut)) return;
    this.#reading?.abort(new DOMException('other passages', 'AbortError'));
    const reading = new AbortController();
    this.#reading = reading;
    this.#laidOut = ahead.laidOut;
    void this.#finish(ahead, model, reading);
  }

  async #finish(ahead: AheadPrompt, model: LanguageModel, reading: AbortController): Promise<void> {
    try {
      await ahead.read(model, reading.signal);
    } catch (error) {
      if (!isAbort(error)) console.warn('reading ahead failed', error);
    } finally {
      if (this.#reading === reading) this.#reading = null;
    }
  }
}

function isLongEnough(draft: string): boolean {
  return draft.length >= (/\p{Script=Han}/u.test(draft) ? SHORTEST_HAN : SHORTEST);
}

function isSame(a: readonly Excerpt[], b: readonly Excerpt[]): boolean {
  const texts = b.map(excerptText);
  return a.length === b.length && a.every((excerpt, index) => excerptText(excerpt) === texts[index]);
}
