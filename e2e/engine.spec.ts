import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { runInPage, serveEngines } from './engine-page.ts';
import { canDequantise } from './fixtures/dequantise.ts';
import { difference, TOLERANCE, type Difference } from './fixtures/difference.ts';
import { readReferences, type Reference } from './fixtures/engine-references.ts';
import type { Quantisation } from './fixtures/quantisations.ts';
import { placeSyntheticModel } from './fixtures/synthetic-model.ts';
import { instructions, withReplaced } from './wasm-instructions.ts';

const { models, synthetic } = readReferences();
const wasm = readFileSync('engine/wllama.wasm');

for (const { threads, model } of [
  { threads: 1, model: 'SmolLM2' },
  { threads: 2, model: 'SmolLM2' },
  { threads: 2, model: 'qwen2.5-coder-0.5b' },
])
  test(`our engine on ${String(threads)} thread(s) writes what native llama.cpp writes with ${model}`, async ({
    page,
  }) => {
    const reference = models.find((each) => each.model.includes(model));
    if (!reference) throw new Error(`There is no reference of ${model}.`);
    const { partsAt, logprobs } = await compare(page, reference.model, reference, threads);
    expect(partsAt).toBeUndefined();
    expect(logprobs).toBeLessThan(TOLERANCE.trained);
  });

for (const { quantisation } of synthetic)
  test(`our engine computes ${quantisation} as native llama.cpp does`, async ({ page }) => {
    const { partsAt, logprobs } = await compareSynthetic(page, quantisation);
    expect(partsAt).toBeUndefined();
    expect(logprobs).toBeLessThan(toleranceOf(quantisation));
  });

/** In place of an instruction another that takes and leaves the same. */
const BROKEN = [
  // i32x4.dot_i16x8_s, i32x4.add
  { mistake: 'no dot products', opcode: 0xfd0ba, bytes: [0xfd, 0xae, 0x01] },
  // f32x4.nearest, f32x4.trunc
  { mistake: 'truncation for rounding', opcode: 0xfd06a, bytes: [0xfd, 0x69] },
];
for (const { mistake, opcode, bytes } of BROKEN)
  for (const quantisation of ['Q8_0', 'Q4_K', 'IQ4_XS'] as const)
    test(`an engine with ${mistake} is found by ${quantisation}`, async ({ page }) => {
      const { logprobs } = await compareSynthetic(page, quantisation, withReplaced(wasm, opcode, bytes));
      expect(logprobs).not.toBeLessThan(toleranceOf(quantisation));
    });

test('our engine needs no relaxed SIMD', () => {
  const opcodes = [...instructions(wasm)].map(({ opcode }) => opcode);
  expect(opcodes.filter((opcode) => opcode >= 0xfd100 && opcode <= 0xfdfff)).toEqual([]);
});

/** How our engine, or a changed one, differs from a reference. */
async function compare(
  page: Page,
  model: string,
  { prompt, promptTokens, candidates }: Reference,
  threads: number,
  changed?: Buffer,
): Promise<Difference> {
  const host = await serveEngines(changed);
  try {
    const task = { model, threads, prompt, tokens: candidates.length, candidates: true };
    const outcome = await runInPage(page.context(), host, 'ours', task);
    expect(outcome.promptTokens).toBe(promptTokens);
    return difference(candidates, outcome.candidates);
  } finally {
    await host.close();
  }
}

async function compareSynthetic(
  page: Page,
  quantisation: Quantisation,
  changed?: Buffer,
): Promise<Difference> {
  const reference = synthetic.find((each) => each.quantisation === quantisation);
  if (!reference) throw new Error(`There is no reference of ${quantisation}.`);
  const { path, sha256 } = placeSyntheticModel(quantisation, reference.seed);
  expect(sha256).toBe(reference.sha256);
  return compare(page, path, reference, 2, changed);
}

function toleranceOf(quantisation: Quantisation): number {
  return canDequantise(quantisation) ? TOLERANCE.widened : TOLERANCE.packed;
}
