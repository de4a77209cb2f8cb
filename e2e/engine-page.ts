import type { BrowserContext } from '@playwright/test';
import { engineSettings } from '../workers/language-model/engine-settings.ts';
import { runTask } from './engine-run.ts';
import {
  CANDIDATES,
  CONTEXT_LENGTH,
  WARM_UP_TOKENS,
  type Outcome,
  type Task,
  type WasmEngine,
} from './engine-task.ts';
import { serve, type Host } from './serve.ts';

/**
 * An isolated host of an empty page, wllama's package, both engines and the models.
 * @param wasm what to serve in place of our engine's
 */
export function serveEngines(wasm?: Buffer): Promise<Host> {
  return serve({
    folders: {
      'wllama/': 'node_modules/@wllama/wllama/esm',
      'wllama-glue/': 'node_modules/@wllama/wllama/src/wasm',
      'engine/': 'engine',
      'public/models/': 'public/models',
      'e2e/fixtures/out/': 'e2e/fixtures/out',
    },
    override: (path, _request, response) => {
      const page = '<!doctype html><title>Engines</title>';
      if (path === 'index.html') response.writeHead(200, { 'content-type': 'text/html' }).end(page);
      else if (wasm && path === 'engine/wllama.wasm')
        response.writeHead(200, { 'content-type': 'application/wasm' }).end(wasm);
      else return false;
      return true;
    },
  });
}

/** Runs a task in a page of its own of `serveEngines()`, with an engine loaded for it alone. */
export async function runInPage(
  context: BrowserContext,
  host: Host,
  engine: WasmEngine,
  task: Task,
): Promise<Outcome> {
  const settings = {
    ...engineSettings(CONTEXT_LENGTH, task.threads),
    ...(engine === 'stock' && { cache_type_k: 'f16', cache_type_v: 'f16' }),
  };
  const page = await context.newPage();
  try {
    await page.goto(host.url);
    // tsx names inner functions through a helper that the page does not have.
    await page.evaluate('globalThis.__name = (value) => value');
    return await page.evaluate(runTask, {
      engine,
      task,
      settings,
      warmUpTokens: WARM_UP_TOKENS,
      logprobs: task.candidates ? CANDIDATES : null,
    });
  } finally {
    await page.close();
  }
}
