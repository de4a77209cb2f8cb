import { FailureError } from '../src/domain/failure.ts';
import type { LanguageModel, LoadedModel, LoadOptions, Message } from '../src/generation/language-model.ts';
import { serve } from '../src/rpc/serve.ts';
import { forgetState } from './language-model/kept-state.ts';
import { Session } from './language-model/session.ts';

let session: Session | null = null;

async function unload(): Promise<void> {
  const loaded = session;
  session = null;
  await loaded?.stop();
}

const service: LanguageModel = {
  async load(files, options: LoadOptions, signal): Promise<LoadedModel> {
    await unload();
    session = await Session.start(files, options, signal);
    const { threads, contextLength, isRestored } = session;
    return { threads, contextLength, isRestored };
  },

  async *complete(messages: readonly Message[], maxTokens: number, signal: AbortSignal) {
    if (!session) throw new FailureError({ kind: 'worker-crashed', worker: 'llama.cpp' });
    yield* session.complete(messages, maxTokens, signal);
  },

  forget: () => session?.forget() ?? forgetState(),

  unload,
};

serve(service, self);
