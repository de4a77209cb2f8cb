import { broadQuestion, type BroadQuestion } from '../domain/broad-question.ts';
import type { Conversation, Turn } from '../domain/conversation.ts';
import { EVERYWHERE, stillThere, type Scope } from '../domain/scope.ts';
import { isAbort, toFailure } from '../domain/failure.ts';
import { laidOutFor } from '../generation/excerpt.ts';
import type { Retriever } from '../retrieval/retriever.ts';
import type { ConversationStore } from '../storage/conversations.ts';
import type { DocumentStore } from '../storage/documents.ts';
import { aborted } from './aborted.ts';
import { answerBroadTurn } from './broad-turn.ts';
import type { Collection } from './collection.svelte.ts';
import type { ConversationStatus, LiveTurn, TurnView } from './live-turn.ts';
import type { Models } from './models.svelte.ts';
import { answerPlainTurn, type PlainQuestion } from './plain-turn.ts';
import { ReadAhead, type Surroundings } from './read-ahead.ts';

export interface ConversationStages {
  readonly retriever: Retriever;
  readonly documents: DocumentStore;
  readonly conversations: ConversationStore;
  readonly collection: Collection;
  readonly models: Models;
  /** Whether prompts may be read while they are typed. */
  readonly mayReadAhead: () => boolean;
}

/** What a turn is begun with. */
type Start = Omit<PlainQuestion, 'earlier'>;

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
    this.#ahead.replaced([]);
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
    const { stages } = this;
    try {
      if (!start.begun) await this.#opened(signal);
      const broad = this.#broadly(start);
      if (broad) {
        this.#ahead.replaced([]);
        this.#patch({ scope: broad.scope });
        const { id, question, askedAt } = start;
        await answerBroadTurn({ id, question, askedAt, broad }, stages, this.#view(start), signal);
      } else {
        const earlier = this.#turns[this.#position(start.id) - 1];
        const { collection, models } = stages;
        const from = { collection, models, ahead: this.#ahead };
        await answerPlainTurn({ ...start, earlier }, from, this.#view(start), signal);
      }
      if (this.#start === start) this.#finish();
    } catch (error) {
      if (this.#start !== start) return; // a new conversation was begun meanwhile
      if (isAbort(error)) return this.#abandon();
      const failure = toFailure(error);
      if (failure.kind === 'worker-crashed') stages.models.forgetLoaded();
      this.#status = { kind: 'failed', failure };
    }
  }

  /** The question as one for whole documents, when it is one. */
  #broadly({ question, scope, begun, passagesOnly }: Start): BroadQuestion | null {
    const { collection, models } = this.stages;
    if (begun || passagesOnly || !models.canAnswer) return null;
    return broadQuestion(question, collection.documents, scope);
  }

  /** Nothing of a turn is seen any more when a new conversation was begun meanwhile. */
  #view(start: Start): TurnView {
    const isCurrent = () => this.#start === start;
    return {
      show: (status) => void (isCurrent() && (this.#status = status)),
      draw: (draft) => void (isCurrent() && this.#patch(draft)),
      keep: (turn) => void (isCurrent() && this.#store(turn)),
    };
  }

  /** Until the documents of earlier visits are searched again. */
  async #opened(signal: AbortSignal): Promise<void> {
    const { collection } = this.stages;
    this.#status = { kind: 'searching', documents: collection.documents.length };
    await Promise.race([collection.restored, aborted(signal)]);
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

  /** Stopped before there was an answer to keep. */
  #abandon(): void {
    const { passages = null, retrievalMs = null, isDoubtful = false } = this.#live ?? {};
    if (passages && retrievalMs !== null && this.#start && !this.#start.begun) {
      const { id, question, askedAt, scope } = this.#start;
      this.#store({ id, question, askedAt, scope, passages, retrievalMs, isDoubtful, answer: null });
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
