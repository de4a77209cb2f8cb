const OWN_SCRIPT = /var pthreadMainJs ?= ?_scriptName;/g;
/** Threads run the glue alone, which wllama hands over as a Blob. */
const HANDED_OVER =
  'var pthreadMainJs=Module["mainScriptUrlOrBlob"];' +
  'if(typeof pthreadMainJs!="string"){pthreadMainJs=URL.createObjectURL(pthreadMainJs)}';

/**
 * Gives emscripten's glue back what emscripten 6 took out and wllama 3.8 needs: a script for
 * the threads that is not the worker's own, in which wllama's code surrounds the glue.
 */
export function adaptGlue(glue: string): string {
  if (glue.match(OWN_SCRIPT)?.length !== 1) throw new Error('The glue starts its threads in another way.');
  // wllama renames the first `var Module` it finds; a quick build has comments that name it before.
  return glue.replaceAll(/^ *\/\/.*$/gm, '').replace(OWN_SCRIPT, () => HANDED_OVER);
}
