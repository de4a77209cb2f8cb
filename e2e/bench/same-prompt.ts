import type { BrowserContext } from '@playwright/test';
import type { Turn } from '../../src/domain/conversation.ts';
import type { ModelSpec } from '../../src/domain/model-spec.ts';
import { laidOutFor } from '../../src/generation/excerpt.ts';
import type { Message } from '../../src/generation/language-model.ts';
import { prompt } from '../../src/generation/prompt.ts';
import { runInPage, serveEngines } from '../engine-page.ts';
import { modelFile } from './models.ts';

/**
 * Time in which wllama's own engine, loaded and warmed up for it, reads a turn's prompt up to the
 * first token, in ms. Nothing is found or marked meanwhile, and nothing of it was read before.
 * @throws Error when it is not the prompt that the app sent: other tokens
 */
export async function readByStock(
  context: BrowserContext,
  model: ModelSpec,
  threads: number,
  turn: Turn,
): Promise<number> {
  const { question, passages, answer } = turn;
  const host = await serveEngines();
  try {
    const { promptTokens, prefillMs } = await runInPage(context, host, 'stock', {
      model: modelFile(model),
      threads,
      prompt: asChatMl(prompt(question, passages, undefined, laidOutFor(turn)).messages),
      tokens: 1,
      warmUp: 'Lighthouses warn ships of rocks, and tell them where they are.',
    });
    if (promptTokens !== answer?.timings.promptTokens)
      throw new Error(`"${question}" was read as ${String(promptTokens)} tokens: another prompt.`);
    return prefillMs;
  } finally {
    await host.close();
  }
}

/** As the templates of all our models write it: SmolLM2's and Qwen's. */
function asChatMl(messages: readonly Message[]): string {
  const written = messages.map(({ role, content }) => `<|im_start|>${role}\n${content}<|im_end|>\n`);
  return `${written.join('')}<|im_start|>assistant\n`;
}
