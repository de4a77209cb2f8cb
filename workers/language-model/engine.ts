import { LoggerWithoutDebug, Wllama } from '@wllama/wllama';
import glue from '../../engine/wllama.js?raw';
import wasm from '../../engine/wllama.wasm?url';
import { FailureError } from '../../src/domain/failure.ts';
import { withDeadline } from './deadline.ts';
import { engineSettings } from './engine-settings.ts';

/** A model that takes longer than this to load is taken for lost, in ms. */
const LOAD_LIMIT = 180_000;
/** `exit()` hangs when a request is still running, in ms. */
const EXIT_LIMIT = 3_000;

export interface EngineOptions {
  readonly modelId: string;
  readonly contextLength: number;
  readonly threads: number;
}

/** wllama with the engine that `npm run engine` made. */
class OwnWllama extends Wllama {
  /** Where the engine asks for the files. */
  private readonly channel = new BroadcastChannel(crypto.randomUUID());

  constructor(files: readonly Blob[]) {
    super({ default: wasm }, { logger: LoggerWithoutDebug, suppressNativeLog: true });
    this.channel.onmessage = () => this.channel.postMessage(files);
  }

  override getWorkerResources(): ReturnType<Wllama['getWorkerResources']> {
    const code = `const FILES_CHANNEL = ${JSON.stringify(this.channel.name)};\n${glue}`;
    // `compat` says that its pointers have 32 bits, and keeps wllama from copying the files.
    return { wasmPath: new URL(wasm, self.location.href).href, jsPath: { code }, compat: true };
  }

  override async exit(): Promise<void> {
    this.channel.close();
    await super.exit();
  }
}

/**
 * Loads a GGUF file into a fresh llama.cpp.
 * @throws FailureError `model-rejected`, `out-of-memory`, `load-timeout`
 */
export async function startEngine(files: readonly Blob[], options: EngineOptions): Promise<Wllama> {
  const engine = new OwnWllama(files);
  const timeout = { kind: 'load-timeout', modelId: options.modelId, seconds: LOAD_LIMIT / 1000 } as const;
  try {
    await withDeadline(
      engine.loadModel([...files], engineSettings(options.contextLength, options.threads)),
      LOAD_LIMIT,
      timeout,
    );
    // loadModel() resolves for garbage as well: only these numbers tell.
    const { n_vocab, n_ctx } = engine.getLoadedContextInfo();
    if (!(n_vocab > 0 && n_ctx > 0))
      throw new FailureError({ kind: 'model-rejected', modelId: options.modelId });
    return engine;
  } catch (error) {
    await stopEngine(engine);
    throw asLoadFailure(error, options.modelId);
  }
}

/** Frees the engine's memory. Past the deadline its worker is gone with the page at the latest. */
export async function stopEngine(engine: Wllama): Promise<void> {
  await withDeadline(engine.exit(), EXIT_LIMIT, { kind: 'worker-crashed', worker: 'llama.cpp' }).catch(
    (error: unknown) => console.warn('llama.cpp did not exit', error),
  );
}

function asLoadFailure(error: unknown, modelId: string): FailureError {
  if (error instanceof FailureError) return error;
  const text = error instanceof Error ? error.message : String(error);
  const outOfMemory = /memory|allocat|\boom\b/i.test(text);
  return new FailureError(outOfMemory ? { kind: 'out-of-memory' } : { kind: 'model-rejected', modelId }, {
    cause: error,
  });
}
