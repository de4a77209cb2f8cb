import { FailureError } from '../src/domain/failure.ts';
import type { LanguageModel, LoadedModel, LoadOptions, Message } from '../src/generation/language-model.ts';
import { serve } from '../src/rpc/serve.ts';
import { complete } from './language-model/complete.ts';
import type { Engine } from './language-model/engine.ts';
import { chooseThreads } from './language-model/threads.ts';

let engine: Engine | null = null;
/** The engine does one thing at a time: each request waits for the one before to let go. */
let last: Promise<unknown> = Promise.resolve();

async function unload(): Promise<void> {
  const loaded = engine;
  engine = null;
  if (loaded) await loaded.stop();
}

const service: LanguageModel = {
  async load(files, options: LoadOptions, signal): Promise<LoadedModel> {
    await unload();
    const { started, threads } = await chooseThreads(files, options, signal);
    if (signal.aborted) {
      await started.stop();
      throw signal.reason;
    }
    engine = started;
    return { threads, contextLength: started.getLoadedContextInfo().n_ctx };
  },

  async *complete(messages: readonly Message[], maxTokens: number, signal: AbortSignal) {
    const turn = Promise.withResolvers<undefined>();
    const before = last;
    last = turn.promise;
    try {
      await before;
      signal.throwIfAborted();
      if (!engine) throw new FailureError({ kind: 'worker-crashed', worker: 'llama.cpp' });
      yield* complete(engine, messages, maxTokens, signal);
    } finally {
      turn.resolve(undefined);
    }
  },

  unload,
};

serve(service, self);
