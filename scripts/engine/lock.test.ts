import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { cmakeFlags, inputs } from './inputs.ts';
import { ourHashes, sha256 } from './patches.ts';

interface Lock {
  readonly inputs: {
    readonly llama: unknown;
    readonly wllama: string;
    readonly cmake: readonly string[];
    readonly ours: unknown;
  };
  readonly sha256: Record<string, string>;
}

const lock = JSON.parse(readFileSync('engine/lock.json', 'utf8')) as Lock;

test('the committed engine is made of what scripts/engine states', () => {
  expect(lock.inputs.llama).toEqual({ package: inputs.llamaPackage, commit: inputs.llamaCommit });
  expect(lock.inputs.wllama).toBe(inputs.wllamaPackage);
  expect(lock.inputs.cmake).toEqual(cmakeFlags);
  expect(lock.inputs.ours).toEqual(ourHashes());
});

test('its files are the ones that were made', () => {
  for (const [name, hash] of Object.entries(lock.sha256)) expect(sha256(`engine/${name}`)).toBe(hash);
});
