// Stands before emscripten's glue in wllama's worker. wllama's own reading suspends the wasm while the
// page's side looks the bytes up, which needs JSPI and a message for every megabyte; here the worker has
// the files and reads them itself. FILES_CHANNEL is stated before this: there they are sent when asked for.
// eslint-disable-next-line @typescript-eslint/no-unused-vars -- glue.ts makes the glue call it
var readFile = (() => {
  // A thread's own worker, which reads nothing.
  if (typeof Module === 'undefined') return undefined;
  /** Bytes that are in memory twice for a moment. */
  const PIECE = 1 << 23;
  const reader = new FileReaderSync();
  let files = [];

  const prepare = Module.preRun;
  Module.preRun = () => {
    prepare();
    const channel = new BroadcastChannel(FILES_CHANNEL);
    Module.addRunDependency('files');
    channel.onmessage = ({ data }) => {
      files = data;
      channel.close();
      Module.removeRunDependency('files');
    };
    channel.postMessage('files');
  };

  /** wllama names the files model-00001-of-00002.gguf and so on. */
  return (path, offset, size, to) => {
    const number = /(\d+)-of-/.exec(path)[1];
    const part = files[number - 1].slice(offset, offset + size);
    for (let at = 0; at < part.size; at += PIECE) {
      const piece = reader.readAsArrayBuffer(part.slice(at, at + PIECE));
      new Uint8Array(Module.wasmMemory.buffer, to + at, piece.byteLength).set(new Uint8Array(piece));
    }
    return part.size;
  };
})();
