/** `npm run models [-- id… | --all | --list]`: puts models into public/models/, from wherever they can be had. */
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { ModelsLock, totalBytes, type ModelSpec } from '../src/domain/model-spec.ts';
import { cacheFolder, isCached, link } from './models/cache.ts';
import { fetchFile } from './models/fetch-file.ts';

function wanted(models: readonly ModelSpec[], args: readonly string[]): ModelSpec[] {
  if (args.includes('--all')) return [...models];
  if (args.length === 0) return models.filter((model) => model.default);
  return args.map((id) => {
    const model = models.find((candidate) => candidate.id === id);
    if (!model) throw new Error(`No model is called ${id}. \`npm run models -- --list\` names them.`);
    return model;
  });
}

async function main(args: readonly string[]): Promise<void> {
  const { models } = v.parse(ModelsLock, JSON.parse(readFileSync('models.lock.json', 'utf8')));
  if (args.includes('--list')) {
    for (const model of models) {
      console.log(
        `${model.id}\t${(totalBytes(model) / 1e6).toFixed(0)} MB\t${model.licence}\t${model.purpose}`,
      );
    }
    return;
  }
  for (const model of wanted(models, args)) {
    for (const file of model.files) {
      if (!isCached(file)) await fetchFile(file);
      link(file, `public/models/${model.id}/${file.path}`);
    }
    console.log(`${model.id} is in public/models (kept in ${cacheFolder()})`);
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
