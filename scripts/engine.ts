/**
 * `npm run engine [-- --out folder | --quick folder]`: builds the engine that workers/language-model loads, from
 * sources that package registries hold. The first run takes a quarter of an hour, the next ones
 * make only what changed. Without --out the result goes to engine/, to be committed.
 * --quick leaves out what takes the link minutes and the kernels nothing: for trying kernels.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { debianVersions, inChroot, prepareChroot } from './engine/chroot.ts';
import { adaptGlue } from './engine/glue.ts';
import { cmakeFlags, inputs } from './engine/inputs.ts';
import { ourHashes, patchTree, sha256 } from './engine/patches.ts';
import { copySources, fetchSources } from './engine/sources.ts';
import { cacheFolder } from './models/cache.ts';

const FULL = 'emmake make wllama -j"$(nproc)"';
/** The link as CMake wrote it down, but without Binaryen's passes over the whole program. */
const QUICK = `[ -f wllama.wasm ] || { echo 'A whole build has to come first.'; exit 1; }
    emmake make ggml llama mtmd -j"$(nproc)"
    mkdir -p ../quick
    sed 's/-O3/-O1/g; s# -o wllama.js# -o ../quick/wllama.js#' CMakeFiles/wllama.dir/link.txt > quick-link
    sh -e quick-link`;

async function main(args: readonly string[]): Promise<void> {
  const [option, folder] = args;
  if (option && (!['--out', '--quick'].includes(option) || !folder))
    throw new Error('--out or --quick folder');
  const quick = option === '--quick';
  const out = folder ?? 'engine';
  const cache = resolve(cacheFolder(), 'engine');
  mkdirSync(cache, { recursive: true });
  const root = join(cache, inputs.debianSuite);
  // Inside the chroot, so that every machine builds at the same path.
  const work = join(root, 'engine');
  prepareChroot(root);
  await fetchSources(join(work, 'source'));
  copySources(join(work, 'source'), join(work, 'tree'));
  patchTree(join(work, 'source'), join(work, 'tree'));
  inChroot(root, makeScript(quick));
  const made = join(work, quick ? 'quick' : 'build');
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, 'wllama.wasm'), readFileSync(join(made, 'wllama.wasm')));
  writeFileSync(join(out, 'wllama.js'), adaptGlue(readFileSync(join(made, 'wllama.js'), 'utf8')));
  writeFileSync(join(out, 'lock.json'), `${JSON.stringify(lock(root, out), null, 2)}\n`);
  console.log(`The engine is in ${out}.`);
}

function makeScript(quick: boolean): string {
  return `export EM_CACHE=/engine/emscripten-cache
    mkdir -p /engine/build && cd /engine/build
    flags='${cmakeFlags.join(' ')}'
    if [ "$flags" != "$(cat flags 2>/dev/null)" ]; then
      rm -f CMakeCache.txt
      emcmake cmake ../tree $flags
      echo "$flags" > flags
    fi
    ${quick ? QUICK : FULL}`;
}

function lock(root: string, out: string): object {
  return {
    inputs: {
      llama: { package: inputs.llamaPackage, commit: inputs.llamaCommit },
      wllama: inputs.wllamaPackage,
      debian: debianVersions(root),
      cmake: cmakeFlags,
      ours: ourHashes(),
    },
    sha256: {
      'wllama.js': sha256(join(out, 'wllama.js')),
      'wllama.wasm': sha256(join(out, 'wllama.wasm')),
    },
  };
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
