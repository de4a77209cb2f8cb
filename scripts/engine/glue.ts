import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const OWN_SCRIPT = /var pthreadMainJs ?= ?_scriptName;/g;
/** Threads run the glue alone, which wllama hands over as a Blob. */
const HANDED_OVER =
  'var pthreadMainJs=Module["mainScriptUrlOrBlob"];' +
  'if(typeof pthreadMainJs!="string"){pthreadMainJs=URL.createObjectURL(pthreadMainJs)}';

const SUSPENDING_READ =
  /return Asyncify\.handleAsync\(async ?\(\) ?=> ?await _wllama_js_file_read\(.*?\)\)\)/g;
const READ = 'return engineHost.readFile(UTF8ToString(path_ptr),offset>>>0,req_size>>>0,out_ptr>>>0)';

/**
 * Gives emscripten's glue back what emscripten 6 took out and wllama 3.8 needs: a script for
 * the threads that is not the worker's own, in which wllama's code surrounds the glue. And lets it
 * read files without suspending the wasm, see host.js: the only thing that needed JSPI.
 */
export function adaptGlue(glue: string): string {
  if (glue.match(OWN_SCRIPT)?.length !== 1) throw new Error('The glue starts its threads in another way.');
  if (glue.match(SUSPENDING_READ)?.length !== 1) throw new Error('The glue reads files in another way.');
  const host = readFileSync(join(import.meta.dirname, 'host.js'), 'utf8');
  // wllama renames the first `var Module` it finds; a quick build has comments that name it before.
  return `${host}${glue}`
    .replaceAll(/^ *\/\/.*$/gm, '')
    .replace(OWN_SCRIPT, () => HANDED_OVER)
    .replace(SUSPENDING_READ, () => READ);
}
