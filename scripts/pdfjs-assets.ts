import { createReadStream, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const SOURCE = join(import.meta.dirname, '../node_modules/pdfjs-dist');
const FOLDERS = ['cmaps', 'standard_fonts', 'iccs', 'wasm'];
/** The interpreter for scripts inside PDFs, which Quire never runs. */
const UNUSED = /^quickjs/;

function files(): string[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(join(SOURCE, folder))
      .filter((name) => !UNUSED.test(name))
      .map((name) => `${folder}/${name}`),
  );
}

function typeOf(path: string): string {
  if (path.endsWith('.wasm')) return 'application/wasm';
  return path.endsWith('.js') ? 'text/javascript' : 'application/octet-stream';
}

/** Puts the parts that pdf.js fetches by itself (see `PdfAssets`) under `pdfjs/`, in dev and in the build. */
export function pdfjsAssets(): Plugin {
  return {
    name: 'quire:pdfjs-assets',
    configureServer(server) {
      const known = new Set(files());
      const prefix = `${server.config.base.replace(/^\.?\/?/, '/')}pdfjs/`;
      server.middlewares.use((request, response, next) => {
        const [path = ''] = (request.url ?? '').split('?');
        const file = path.startsWith(prefix) ? path.slice(prefix.length) : '';
        if (!known.has(file)) return next();
        response.setHeader('Content-Type', typeOf(file));
        createReadStream(join(SOURCE, file)).pipe(response);
      });
    },
    generateBundle() {
      for (const file of files()) {
        this.emitFile({ type: 'asset', fileName: `pdfjs/${file}`, source: readFileSync(join(SOURCE, file)) });
      }
    },
  };
}
