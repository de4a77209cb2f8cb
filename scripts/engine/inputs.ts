/** What the engine is built from, all of it from package registries. */
export const inputs = {
  /** Ships llama.cpp as a git bundle. */
  llamaPackage: 'node-llama-cpp@3.22.1',
  llamaBundle: 'llama/gitRelease.bundle',
  llamaCommit: 'de3ff815ea7d559ee917f063901b8986f038abc6',
  /** Ships its C++ side and its CMake file. */
  wllamaPackage: '@wllama/wllama@3.8.1',
  /** Emscripten comes from Debian; the lock tells which version it was. */
  debianSuite: 'sid',
  debianPackages: ['emscripten', 'cmake', 'make', 'libsimde-dev', 'python3', 'git', 'ccache'],
  /** Their versions decide what is made of the sources. */
  debianLocked: ['emscripten', 'clang-21', 'lld-21', 'binaryen', 'libsimde-dev'],
} as const;

/** How CMake is told to build: each with its reason. */
export const cmakeFlags = [
  // Else emscripten calls itself x86, and ggml leaves out its kernels for wasm.
  '-DEMSCRIPTEN_SYSTEM_PROCESSOR=wasm',
  // Quire runs on the CPU; WebGPU would need Dawn, which no registry holds.
  '-DGGML_WEBGPU=OFF',
  // 32-bit memory, as patches/02-cmake.patch tells.
  '-DLLAMA_WASM_MEM64=OFF',
  '-DWLLAMA_TEST_BACKEND=OFF',
] as const;
