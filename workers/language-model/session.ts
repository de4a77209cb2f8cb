import { sha256 as engineHashes } from '../../engine/lock.json';
import { isAbort } from '../../src/domain/failure.ts';
import type { CompletionEvent, LoadOptions, Message } from '../../src/generation/language-model.ts';
import { complete } from './complete.ts';
import { Engine } from './engine.ts';
import { engineSettings } from './engine-settings.ts';
import { forgetState, keepState, readState } from './kept-state.ts';
import { mostThreads, ThreadChoice } from './threads.ts';

/** Pause after a completion before the engine is taken for idle, in ms. */
const IDLE = 300;
/** Pause after a load before the rest of the app is taken for started, in ms: it wants the cores as well. */
const STARTED = 5_000;
/** Read before anything else; an own system text keeps the template from adding its long default. */
const PROBE: readonly Message[] = [
  { role: 'system', content: 'Count.' },
  { role: 'user', content: 'One, two, three' },
];

/** A loaded model: its completions, one after the other, and what is done while nobody waits for one. */
export class Session {
  readonly #threads: ThreadChoice;
  /** The engine does one thing at a time: each waits for the one before to let go. */
  #last: Promise<unknown> = Promise.resolve();
  #idle: ReturnType<typeof setTimeout> | undefined;
  #measuring = new AbortController();
  #isRestored = false;
  #isNew = true;

  private constructor(
    private readonly engine: Engine,
    private readonly owner: string,
  ) {
    this.#threads = new ThreadChoice(engine, engine.threads);
  }

  /** @throws FailureError what `Engine.start` throws */
  static async start(files: readonly File[], options: LoadOptions, signal: AbortSignal): Promise<Session> {
    const threads = mostThreads();
    const owner = ownerOf(files, options.contextLength, threads);
    const state = (await readState(owner).catch(warn)) ?? null;
    const engine = await Engine.start(files, { ...options, threads, state });
    try {
      const session = new Session(engine, owner);
      await session.#begin(state !== null, signal);
      signal.throwIfAborted();
      session.#whenIdle(STARTED, async () => {
        if (session.#threads.isDoubtful) await session.#begin(session.#isRestored, session.#measuring.signal);
      });
      return session;
    } catch (error) {
      await engine.stop();
      throw error;
    }
  }

  get threads(): number {
    return this.engine.threads;
  }
  get contextLength(): number {
    return this.engine.getLoadedContextInfo().n_ctx;
  }
  /** Whether it goes on where the last one ended. */
  get isRestored(): boolean {
    return this.#isRestored;
  }

  async *complete(
    messages: readonly Message[],
    maxTokens: number,
    signal: AbortSignal,
  ): AsyncGenerator<CompletionEvent> {
    clearTimeout(this.#idle);
    this.#measuring.abort(new DOMException('a completion is wanted', 'AbortError'));
    // The first one after a load reads what all prompts begin with; later, one that writes nothing reads a draft.
    const isToBeKept = maxTokens > 0 || (this.#isNew && !this.#isRestored);
    this.#isNew = false;
    const turn = Promise.withResolvers<undefined>();
    const before = this.#last;
    this.#last = turn.promise;
    try {
      await before;
      signal.throwIfAborted();
      yield* complete(this.engine, messages, maxTokens, signal);
    } finally {
      if (this.#last === turn.promise && isToBeKept)
        this.#whenIdle(maxTokens > 0 ? IDLE : STARTED, () => this.#settle(messages));
      turn.resolve(undefined);
    }
  }

  /** Deletes what is kept on the disk of what was read, once the completion under way has ended. */
  forget(): Promise<void> {
    const done = this.#last.then(() => {
      clearTimeout(this.#idle);
      return forgetState();
    });
    this.#last = done.catch(() => {}); // the caller hears of it
    return done;
  }

  async stop(): Promise<void> {
    clearTimeout(this.#idle);
    this.#measuring.abort(new DOMException('unloaded', 'AbortError'));
    await this.engine.stop();
  }

  #whenIdle(ms: number, work: () => Promise<void>): void {
    this.#idle = setTimeout(() => {
      this.#measuring = new AbortController();
      this.#last = work().catch((error: unknown) => {
        if (!isAbort(error)) warn(error);
      });
    }, ms);
  }

  /** Measures on a prompt of its own, then goes back to what was kept. */
  async #begin(isKept: boolean, signal: AbortSignal): Promise<void> {
    try {
      await this.#threads.measure(PROBE, signal);
    } finally {
      if (isKept) await this.#restore();
    }
  }

  async #restore(): Promise<void> {
    try {
      await this.engine.restore();
      this.#isRestored = true;
    } catch (error) {
      this.#isRestored = false;
      warn(error);
      await forgetState().catch(warn);
    }
  }

  async #settle(messages: readonly Message[]): Promise<void> {
    const kept = this.engine.save().then((state) => keepState(this.owner, state));
    await kept.catch(warn);
    if (this.#threads.isDoubtful) await this.#threads.measure(messages, this.#measuring.signal);
  }
}

/** Names what a state can be restored into. */
function ownerOf(files: readonly File[], contextLength: number, threads: number): string {
  const names = files.map(({ name }) => name);
  return JSON.stringify([names, engineHashes['wllama.wasm'], engineSettings(contextLength, threads)]);
}

/** None of this keeps a question from being answered. */
function warn(error: unknown): void {
  console.warn('the language model is not kept at its best', error);
}
