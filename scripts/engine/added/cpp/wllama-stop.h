#pragma once

#include <emscripten/emscripten.h>

// See scripts/engine/host.js. It suspends this stack, so that messages get in; without JSPI its
// promise counts as 0, and a stop waits for the end of the batch.
EM_ASYNC_JS(int, js_stop_asked, (), {
  return Number(await engineHost.stopAsked());
});

namespace wllama_stop
{
  static const double INTERVAL = 20; // ms between two questions: each costs a turn of the event loop
  static double last = 0;

  // ggml calls this between two nodes of its graph, on the thread that called llama_decode.
  static bool asked(void *)
  {
    if (emscripten_get_now() - last < INTERVAL)
      return false;
    const bool stop = js_stop_asked();
    last = emscripten_get_now();
    return stop;
  }
}
