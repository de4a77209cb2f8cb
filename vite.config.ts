import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { VitePWA } from 'vite-plugin-pwa';
import { defineConfig } from 'vite';
import { pdfjsAssets } from './scripts/pdfjs-assets.ts';
import { securityHeadersPlugin } from './scripts/security-headers-plugin.ts';

export default defineConfig({
  // Relative, so that the same build works at / and at /some/path/.
  base: './',
  resolve: {
    alias: {
      // transformers.js asks for the WebGPU runtime, 27 MB; Quire embeds on the CPU: 14 MB.
      'onnxruntime-web/webgpu': 'onnxruntime-web/wasm',
    },
    // Without it onnxruntime's glue emits a second copy of its wasm.
    conditions: ['onnxruntime-web-use-extern-wasm', 'module', 'browser', 'development|production'],
  },
  plugins: [
    svelte(),
    paraglideVitePlugin({
      project: './project.inlang',
      outdir: './src/paraglide',
      strategy: ['localStorage', 'preferredLanguage', 'baseLocale'],
    }),
    pdfjsAssets(),
    securityHeadersPlugin(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'workers',
      filename: 'service-worker.ts',
      injectRegister: false, // src/isolation.ts does it
      manifest: false, // public/manifest.webmanifest
      injectManifest: {
        rollupFormat: 'iife', // it is registered as a classic script
        globPatterns: ['**/*'],
        globIgnores: ['models/**', '**/*.map', 'service-worker.js'],
        // ONNX Runtime and the engine are the largest files of the shell; models are never part of it.
        maximumFileSizeToCacheInBytes: 32 * 2 ** 20,
      },
    }),
  ],
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    // Some hosts serve .mjs with a type that no browser runs.
    rolldownOptions: {
      output: {
        assetFileNames: ({ names }) =>
          names[0]?.endsWith('.mjs') ? 'assets/[name]-[hash].js' : 'assets/[name]-[hash][extname]',
      },
    },
  },
});
