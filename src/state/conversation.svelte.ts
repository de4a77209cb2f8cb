import { broadQuestion } from '../domain/broad-question.ts';
import type { Answer, Conversation, Turn } from '../domain/conversation.ts';
import { EVERYWHERE, stillThere, type Scope } from '../domain/scope.ts';
import { isAbort, toFailure } from '../domain/failure.ts';
import { asRead, laidOutFor } from '../generation/excerpt.ts';
import { answer, notFound } from '../pipeline/answer.ts';
import { isDoubtful } from '../retrieval/answerable.ts';
import type { Retriever } from '../retrieval/retriever.ts';
import type { ConversationStore } from '../storage/conversations.ts';
import type { DocumentStore } from '../storage/documents.ts';
import { aborted } from './aborted.ts';
import { answerBroadTurn } from './broad-turn.ts';
import type { Collection } from './collection.svelte.ts';
import type { ConversationStatus, LiveTurn } from './live-turn.ts';
import type { Models } from './models.svelte.ts';
import { ReadAhead, type Surroundings } from './read-ahead.ts';

/** What a question is answered from. */
type Findings = Pick<Turn, 'passages' | 'retrievalMs' | 'isDoubtful' | 'signals'>;

export interface ConversationStages {
  readonly retriever: Retriever;
  readonly documents: DocumentStore;
  readonly conversations: ConversationStore;
  readonly collection: Collection;
  readonly models: Models;
  /** Whether prompts may be read while they are typed. */
  readonly mayReadAhead: () => boolean;
}

/** What a turn is begun with: nothing for a new question, passages and text when it goes on. */
interface Start {
  readonly id: string;
  readonly question: string;
  readonly askedAt: number;
  readonly scope: Scope;
  readonly begun?: Turn;
  readonly passagesOnly?: boolean;
  /** The model answers though the documents seem not to hold it. */
  readonly anyway?: boolean;
}

/** The questions asked and their answers. */
export class ConversationState {
  #id: string = crypto.randomUUID();
  #startedAt = Date.now();
  #turns: readonly Turn[] = $state.raw([]);
  #live: LiveTurn | null = $state.raw(null);
  #status: ConversationStatus = $state.raw({ kind: 'idle' });
  #scope: Scope = $state.raw(EVERYWHERE);
  #controller = new AbortController();
  #start: Start | null = null;
  #ahead: ReadAhead;

  constructor(private readonly stages: ConversationStages) {
    this.#ahead = new ReadAhead(stages, () => this.#surroundings());
  }

  /** Finished and saved, oldest first; less the one that is being asked again. */
  get turns(): readonly Turn[] {
    return this.#turns.filter(({ id }) => id !== this.#live?.id);
  }
  get live(): LiveTurn | null {
    return this.#live;
  }
  get status(): ConversationStatus {
    return this.#status;
  }

  /** What the next question is asked of. */
  get scope(): Scope {
    return stillThere(
      this.#scope,
      this.stages.collection.documents.map(({ id }) => id),
    );
  }

  askOf(scope: Scope): void {
    this.#scope = scope;
  }

  /** The conversation as it is stored. */
  get saved(): Conversation {
    return { id: this.#id, startedAt: this.#startedAt, turns: this.#turns };
  }

  async restore(): Promise<void> {
    const latest = await this.stages.conversations.latest();
    if (!latest) return;
    this.#id = latest.id;
    this.#startedAt = latest.startedAt;
    this.#turns = latest.turns;
    const last = latest.turns.findLast(({ read }) => read);
    if (last) this.#ahead.replaced(laidOutFor(last)); // the model's state survived as well
  }

  /** Tells what is written of the next question, so that its prompt can be read meanwhile. */
  typed(draft: string): void {
    this.#ahead.typed(draft);
  }

  /** @param passagesOnly ends with the passages, though a language model is there */
  ask(question: string, passagesOnly = false): void {
    const text = question.trim();
    if (!text) return;
    const { scope } = this;
    this.#begin({ id: crypto.randomUUID(), question: text, askedAt: Date.now(), scope, passagesOnly });
  }

  /** Keeps what was written so far. */
  stop(): void {
    this.#controller.abort(new DOMException('stopped', 'AbortError'));
  }

  again(turnId: string): void {
    const turn = this.#turns.find(({ id }) => id === turnId);
    if (turn) this.#begin({ id: turn.id, question: turn.question, askedAt: Date.now(), scope: turn.scope });
  }

  continueAnswer(turnId: string): void {
    const turn = this.#turns.find(({ id }) => id === turnId);
    if (!turn?.answer) return;
    const { id, question, askedAt, scope } = turn;
    this.#begin({ id, question, askedAt, scope, begun: turn });
  }

  /** Has the model answer a question that was refused. */
  answerAnyway(turnId: string): void {
    const turn = this.#turns.find(({ id }) => id === turnId);
    if (!turn) return;
    const { id, question, scope } = turn;
    this.#begin({ id, question, askedAt: Date.now(), scope, anyway: true });
  }

  retry(): void {
    if (this.#status.kind === 'failed' && this.#start) this.#begin(this.#start);
  }

  /** @param turns an earlier conversation to go on from */
  startNew(turns: readonly Turn[] = []): void {
    this.stop();
    this.#start = null;
    this.#id = crypto.randomUUID();
    this.#startedAt = Date.now();
    this.#turns = turns;
    this.#live = null;
    this.#status = { kind: 'idle' };
    void this.stages.models.forgetRead();
    void this.#save();
  }

  #begin(start: Start): void {
    if (this.#status.kind !== 'idle' && this.#status.kind !== 'failed') return;
    this.#ahead.stop();
    this.#start = start;
    this.#controller = new AbortController();
    const { begun } = start;
    this.#live = {
      id: start.id,
      question: start.question,
      scope: start.scope,
      passages: begun?.passages ?? null,
      retrievalMs: begun?.retrievalMs ?? null,
      isDoubtful: begun?.isDoubtful ?? false,
      text: begun?.answer?.text ?? '',
      citations: begun?.answer?.citations ?? [],
    };
    void this.#run(start, this.#controller.signal);
  }

  async #run(start: Start, signal: AbortSignal): Promise<void> {
    try {
      if (!start.begun) await this.#opened(signal);
      if (await this.#answerBroadly(start, signal)) return;
      const found = start.begun ?? (await this.#search(start, signal));
      if (signal.aborted) return this.#abandon();
      const finished = await this.#answer(start, found, signal);
      if (this.#start !== start) return; // a new conversation was begun meanwhile
      const { id, question, askedAt, scope } = start;
      const { passages, retrievalMs, isDoubtful = false, signals } = found;
      const judged = { isDoubtful, ...(signals && { signals }) };
      const read = finished && finished.status !== 'not-found' && { read: asRead(this.#ahead.laidOut) };
      this.#keep({
        id,
        question,
        askedAt,
        scope,
        passages,
        retrievalMs,
        ...judged,
        answer: finished,
        ...read,
      });
    } catch (error) {
      if (this.#start !== start) return;
      if (isAbort(error)) return this.#abandon();
      const failure = toFailure(error);
      if (failure.kind === 'worker-crashed') this.stages.models.forgetLoaded();
      this.#status = { kind: 'failed', failure };
    }
  }

  /** Until the documents of earlier visits are searched again. */
  async #opened(signal: AbortSignal): Promise<void> {
    const { collection } = this.stages;
    this.#status = { kind: 'searching', documents: collection.documents.length };
    await Promise.race([collection.restored, aborted(signal)]);
  }

  async #search({ id, question, scope }: Start, signal: AbortSignal): Promise<Findings> {
    const started = performance.now();
    const before = this.#turns[this.#position(id) - 1];
    const { passages, signals } = await this.stages.collection.find(question, { before, scope });
    signal.throwIfAborted();
    const retrievalMs = performance.now() - started;
    if (passages.length === 0) return { passages, retrievalMs };
    const found = { passages, retrievalMs, isDoubtful: isDoubtful(signals) };
    this.#patch(found);
    return { ...found, signals };
  }

  /** True when the question is one for whole documents, and was answered as such. */
  async #answerBroadly(start: Start, signal: AbortSignal): Promise<boolean> {
    const { id, question, askedAt, scope, begun, passagesOnly } = start;
    const { collection, models } = this.stages;
    const broad = broadQuestion(question, collection.documents, scope);
    if (!broad || begun || passagesOnly || !models.canAnswer) return false;
    this.#ahead.replaced([]);
    this.#patch({ scope: broad.scope });
    const isCurrent = () => this.#start === start;
    const view = {
      show: (status: ConversationStatus) => void (isCurrent() && (this.#status = status)),
      draw: (draft: Partial<LiveTurn>) => void (isCurrent() && this.#patch(draft)),
      keep: (turn: Turn) => void (isCurrent() && this.#store(turn)),
    };
    await answerBroadTurn({ id, question, askedAt, broad }, this.stages, view, signal);
    if (isCurrent()) this.#finish();
    return true;
  }

  async #answer(
    { id, question, scope, begun, passagesOnly, anyway }: Start,
    { passages, retrievalMs, isDoubtful }: Findings,
    signal: AbortSignal,
  ): Promise<Answer | null> {
    const { models } = this.stages;
    if (passages.length === 0 || passagesOnly || !models.canAnswer) return null;
    const modelId = models.chosen.spec.id;
    if (isDoubtful && !anyway && !begun) return notFound(modelId, retrievalMs);
    this.#status = { kind: 'loading-model' };
    const model = await Promise.race([models.languageModel(), aborted(signal)]);
    const request = {
      question,
      scope,
      passages,
      retrievalMs,
      earlier: this.#turns[this.#position(id) - 1],
      modelId,
      before: this.#ahead.laidOut,
      begun: begun?.answer?.text ?? '',
    };
    const reading = performance.now();
    this.#status = { kind: 'reading', done: 0, total: 0, secondsLeft: null };
    for await (const event of answer(request, model, signal)) {
      if (event.kind === 'answered') return event.answer;
      if (event.kind === 'asked') this.#ahead.replaced(event.laidOut);
      else if (event.kind === 'token') {
        this.#status = { kind: 'writing' };
        this.#patch({ text: (this.#live?.text ?? '') + event.text, citations: event.citations });
      } else {
        const perToken = (performance.now() - reading) / Math.max(1, event.done);
        const secondsLeft = event.done > 0 ? ((event.total - event.done) * perToken) / 1000 : null;
        this.#status = { kind: 'reading', done: event.done, total: event.total, secondsLeft };
      }
    }
    return null;
  }

  #surroundings(): Surroundings | null {
    const { collection, models, mayReadAhead } = this.stages;
    const isFree = this.#status.kind === 'idle' || this.#status.kind === 'failed';
    const model = models.loaded;
    if (!isFree || !model || !mayReadAhead() || collection.documents.length === 0) return null;
    return { documents: collection.documents, scope: this.scope, earlier: this.#turns.at(-1), model };
  }

  /** Where the turn stands, or would: a turn asked again keeps its place. */
  #position(turnId: string): number {
    const index = this.#turns.findIndex(({ id }) => id === turnId);
    return index < 0 ? this.#turns.length : index;
  }

  #store(turn: Turn): void {
    const position = this.#position(turn.id);
    this.#turns = [...this.#turns.slice(0, position), turn, ...this.#turns.slice(position + 1)];
    void this.#save();
  }

  #finish(): void {
    this.#live = null;
    this.#status = { kind: 'idle' };
  }

  #keep(turn: Turn): void {
    this.#store(turn);
    this.#finish();
  }

  /** Stopped before there was anything to keep. */
  #abandon(): void {
    const found = this.#live;
    if (found?.passages && found.retrievalMs !== null && this.#start && !this.#start.begun) {
      const { id, question, askedAt, scope } = this.#start;
      this.#keep({
        id,
        question,
        askedAt,
        scope,
        passages: found.passages,
        retrievalMs: found.retrievalMs,
        isDoubtful: found.isDoubtful,
        answer: null,
      });
      return;
    }
    this.#finish();
  }

  #patch(change: Partial<LiveTurn>): void {
    if (this.#live) this.#live = { ...this.#live, ...change };
  }

  async #save(): Promise<void> {
    try {
      await this.stages.conversations.save(this.saved);
    } catch (error) {
      this.#status = { kind: 'failed', failure: toFailure(error) };
    }
  }
}
