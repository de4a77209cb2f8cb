// Stands before emscripten's glue in wllama's worker and gives the engine what wllama's own code does not:
// files read here, a stop that reaches a batch under way, and a way in and out for the state of patches/09-state.patch.
// wllama's reading suspends the wasm while the page's side looks each piece up, which needs JSPI and passes every byte
// through two more processes.
// HOST_CHANNEL, the channel to workers/language-model/engine.ts, is stated before this.
// eslint-disable-next-line @typescript-eslint/no-unused-vars -- the glue and wllama-stop.h call it
var engineHost = (() => {
  // A thread's own worker, which asks for nothing.
  if (typeof Module === 'undefined') return undefined;
  /** Bytes that are in memory twice for a moment, where they come from a Blob. */
  const PIECE = 1 << 23;
  /** Where the engine saves its state to and restores it from. */
  const STATE = '/state';
  const channel = new BroadcastChannel(HOST_CHANNEL);
  /** Blobs, and the open files they come from where these could be opened. */
  let blobs = [];
  let handles = [];
  /** Completions begun, and the last one that is to stop. */
  let begun = 0;
  let toStop = 0;

  channel.onmessage = async ({ data }) => {
    if (data.kind === 'stop') toStop = data.completion;
    if (data.kind === 'saved') {
      channel.postMessage({ kind: 'state', state: Module.FS.readFile(STATE) });
      Module.FS.unlink(STATE);
    }
    if (data.kind === 'loaded') for (const handle of handles) handle?.close();
    if (data.kind === 'files') {
      blobs = data.files;
      if (data.state) Module.FS.writeFile(STATE, data.state);
      handles = await Promise.all(data.paths.map((path) => open(path).catch(() => undefined)));
      Module.removeRunDependency('files');
    }
  };
  addEventListener('message', ({ data }) => {
    if (data.verb === 'wllama.action' && data.args[0] === 'completion') begun++;
  });
  const prepare = Module.preRun;
  Module.preRun = () => {
    prepare();
    Module.addRunDependency('files');
    channel.postMessage({ kind: 'ready' });
  };

  /** @param path of a file in the origin private file system */
  async function open(path) {
    const [name, ...folders] = path.split('/').reverse();
    let folder = await navigator.storage.getDirectory();
    for (const step of folders.reverse()) folder = await folder.getDirectoryHandle(step);
    const file = await folder.getFileHandle(name);
    // Only in this mode two tabs read at once; a browser without it lets the first.
    return file.createSyncAccessHandle({ mode: 'read-only' });
  }

  /** wllama names the files model-00001-of-00002.gguf and so on. */
  function readFile(path, offset, size, to) {
    if (path === STATE) {
      const piece = Module.FS.readFile(STATE).subarray(offset, offset + size);
      memoryAt(to, piece.length).set(piece);
      return piece.length;
    }
    const index = /(\d+)-of-/.exec(path)[1] - 1;
    if (handles[index]) return handles[index].read(memoryAt(to, size), { at: offset });
    const part = blobs[index].slice(offset, offset + size);
    const reader = new FileReaderSync();
    for (let at = 0; at < part.size; at += PIECE) {
      const piece = new Uint8Array(reader.readAsArrayBuffer(part.slice(at, at + PIECE)));
      memoryAt(to + at, piece.length).set(piece);
    }
    return part.size;
  }

  function memoryAt(address, size) {
    return new Uint8Array(Module.wasmMemory.buffer, address, size);
  }

  /** Whether the completion under way is to stop; messages that came meanwhile are looked at first. */
  async function stopAsked() {
    await new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = resolve;
      port2.postMessage(null);
    });
    return toStop >= begun;
  }

  return { readFile, stopAsked };
})();
