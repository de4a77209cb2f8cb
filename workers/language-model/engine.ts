import {
  LoggerWithoutDebug,
  Wllama,
  type ChatCompletionChunk,
  type ChatCompletionParams,
} from '@wllama/wllama';
import * as v from 'valibot';
import glue from '../../engine/wllama.js?raw';
import wasm from '../../engine/wllama.wasm?url';
import { FailureError } from '../../src/domain/failure.ts';
import type { CompletionTimings } from '../../src/generation/language-model.ts';
import { withDeadline } from './deadline.ts';
import { engineSettings } from './engine-settings.ts';

/** A model that takes longer than this to load is taken for lost, in ms. */
const LOAD_LIMIT = 180_000;
/** `exit()` hangs when a request is still running, in ms. */
const EXIT_LIMIT = 3_000;
/** Saving takes some 10 ms. */
const STATE_LIMIT = 10_000;
/** The model store's folder in the origin private file system. */
const FOLDER = 'models';

export interface EngineOptions {
  readonly modelId: string;
  readonly contextLength: number;
  /** The most that may compute. */
  readonly threads: number;
  /** What `save()` gave before, for `restore()`. */
  readonly state: State | null;
}

/** What llama.cpp holds of what it read and wrote last. */
export type State = Uint8Array<ArrayBuffer>;

const News = v.variant('kind', [
  v.object({ kind: v.literal('ready') }),
  v.object({ kind: v.literal('state'), state: v.instance(Uint8Array<ArrayBuffer>) }),
]);

const NOTHING: CompletionTimings = {
  promptTokens: 0,
  cachedTokens: 0,
  prefillMs: 0,
  completionTokens: 0,
  decodeMs: 0,
};

/** wllama with the engine that `npm run engine` made; scripts/engine/host.js is the other end of its channel. */
export class Engine extends Wllama {
  readonly #channel = new BroadcastChannel(crypto.randomUUID());
  #completions = 0;
  /** What the last completion has cost so far, be it finished or not. */
  timings = NOTHING;

  /** Threads that compute the next completion: no more than it was started with. */
  threads: number;
  #taken = Promise.withResolvers<State>();

  private constructor(files: readonly File[], { threads, state }: EngineOptions) {
    super({ default: wasm }, { logger: LoggerWithoutDebug, suppressNativeLog: true });
    this.threads = threads;
    const paths = files.map(({ name }) => `${FOLDER}/${name}`);
    this.#channel.onmessage = ({ data }) => {
      const news = v.parse(News, data);
      if (news.kind === 'state') this.#taken.resolve(news.state);
      else this.#channel.postMessage({ kind: 'files', files, paths, state });
    };
  }

  /**
   * Loads a GGUF file into a fresh llama.cpp.
   * @param files as the model store opened them
   * @throws FailureError `model-rejected`, `out-of-memory`, `load-timeout`
   */
  static async start(files: readonly File[], options: EngineOptions): Promise<Engine> {
    const engine = new Engine(files, options);
    const timeout = { kind: 'load-timeout', modelId: options.modelId, seconds: LOAD_LIMIT / 1000 } as const;
    try {
      await withDeadline(
        engine.loadModel([...files], engineSettings(options.contextLength, options.threads)),
        LOAD_LIMIT,
        timeout,
      );
      // An open file cannot be deleted.
      engine.#channel.postMessage({ kind: 'loaded' });
      // loadModel() resolves for garbage as well: only these numbers tell.
      const { n_vocab, n_ctx } = engine.getLoadedContextInfo();
      if (!(n_vocab > 0 && n_ctx > 0))
        throw new FailureError({ kind: 'model-rejected', modelId: options.modelId });
      return engine;
    } catch (error) {
      await engine.stop();
      throw asLoadFailure(error, options.modelId);
    }
  }

  override getWorkerResources(): ReturnType<Wllama['getWorkerResources']> {
    const code = `const HOST_CHANNEL = ${JSON.stringify(this.#channel.name)};\n${glue}`;
    // `compat` says that its pointers have 32 bits, and keeps wllama from copying the files.
    return { wasmPath: new URL(wasm, self.location.href).href, jsPath: { code }, compat: true };
  }

  /**
   * Writes one answer; one at a time. With JSPI `signal` stops the engine within a batch, which wllama's
   * own signal does not.
   */
  chat(
    params: Omit<ChatCompletionParams, 'stream' | 'abortSignal'>,
    signal: AbortSignal,
  ): Promise<AsyncIterable<ChatCompletionChunk>> {
    const completion = ++this.#completions;
    this.timings = NOTHING;
    const stop = () => this.#channel.postMessage({ kind: 'stop', completion });
    signal.addEventListener('abort', stop, { once: true });
    const threads = { n_threads: this.threads };
    return this.createChatCompletion({ ...params, ...threads, abortSignal: signal, stream: true });
  }

  /** What was read and written last; not while a completion is under way. */
  async save(): Promise<State> {
    this.#taken = Promise.withResolvers();
    await this.#moveState('save');
    this.#channel.postMessage({ kind: 'saved' });
    return withDeadline(this.#taken.promise, STATE_LIMIT, { kind: 'worker-crashed', worker: 'llama.cpp' });
  }

  /** Takes over the state it was started with: a prompt that begins alike is not read again. */
  async restore(): Promise<void> {
    await this.#moveState('restore');
  }

  /** See scripts/engine/patches/09-state.patch. */
  async #moveState(state: 'save' | 'restore'): Promise<void> {
    this.#completions++;
    const params = { prompt: '', state };
    const lost = { kind: 'worker-crashed', worker: 'llama.cpp' } as const;
    await withDeadline(this.createCompletion(params), STATE_LIMIT, lost);
  }

  /** Frees the engine's memory. Past the deadline its worker is gone with the page at the latest. */
  async stop(): Promise<void> {
    // Not closed, for a stop that comes late; without a listener nothing keeps it.
    this.#channel.onmessage = null;
    await withDeadline(this.exit(), EXIT_LIMIT, { kind: 'worker-crashed', worker: 'llama.cpp' }).catch(
      (error: unknown) => console.warn('llama.cpp did not exit', error),
    );
  }
}

function asLoadFailure(error: unknown, modelId: string): FailureError {
  if (error instanceof FailureError) return error;
  const text = error instanceof Error ? error.message : String(error);
  const outOfMemory = /memory|allocat|\boom\b/i.test(text);
  return new FailureError(outOfMemory ? { kind: 'out-of-memory' } : { kind: 'model-rejected', modelId }, {
    cause: error,
  });
}
