import compatCode from '@wllama/wllama-compat/wasm/wllama.js?raw';
import compatWasm from '@wllama/wllama-compat/wasm/wllama.wasm?url';
import stockWasm from '@wllama/wllama/esm/wasm/wllama.wasm?url';
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

/** wllama with the engine that `npm run engine` made; without JSPI, which that needs, with wllama's own. */
class OwnWllama extends Wllama {
  override getWorkerResources(): ReturnType<Wllama['getWorkerResources']> {
    if (!('Suspending' in WebAssembly)) return super.getWorkerResources();
    // `compat` says no more than that its pointers have 32 bits.
    return { wasmPath: new URL(wasm, self.location.href).href, jsPath: { code: glue }, compat: true };
  }
}

/**
 * Loads a GGUF file into a fresh llama.cpp.
 * @throws FailureError `model-rejected`, `out-of-memory`, `load-timeout`
 */
export async function startEngine(files: readonly Blob[], options: EngineOptions): Promise<Wllama> {
  const engine = new OwnWllama(
    { default: stockWasm },
    { logger: LoggerWithoutDebug, suppressNativeLog: true },
  );
  engine.setCompat({ wasm: compatWasm, worker: { code: compatCode } });
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
