import { existsSync, readFileSync } from 'node:fs';
import * as v from 'valibot';
import { ModelsLock, type ModelSpec } from '../../src/domain/model-spec.ts';

/** What `--models` calls them. */
const NAMES: Readonly<Record<string, string>> = {
  small: 'smollm2-135m-instruct-q4_1',
  default: 'qwen2.5-coder-0.5b-instruct-q4_k_m',
  large: 'qwen2.5-coder-1.5b-instruct-q4_k_m',
};

/**
 * @param name an id, or one of the names above
 * @throws Error when no language model is called so
 */
export function languageModel(name: string): ModelSpec {
  const { models } = v.parse(ModelsLock, JSON.parse(readFileSync('models.lock.json', 'utf8')));
  const id = NAMES[name] ?? name;
  const model = models.find((each) => each.id === id && each.purpose === 'language-model');
  if (!model) throw new Error(`models.lock.json lists no language model ${id}.`);
  return model;
}

/**
 * Path of a language model's GGUF in the checkout.
 * @throws Error when it is not there
 */
export function modelFile({ id, files }: ModelSpec): string {
  const path = `public/models/${id}/${files[0]?.path ?? ''}`;
  if (!existsSync(path)) throw new Error(`${path} is missing: \`npm run models -- ${id}\` fetches it.`);
  return path;
}
