import { existsSync } from 'node:fs';
import { join, posix, resolve, sep } from 'node:path';
import type { Connect, Plugin, ResolvedConfig } from 'vite';
import { securityHeaders } from '../src/security-headers.ts';

/**
 * Gives vite's dev and preview servers the headers that the service worker gives elsewhere,
 * and answers 404 for a model file that is not there: the fallback page in its place would be
 * taken for a model.
 */
export function securityHeadersPlugin(): Plugin {
  let config: ResolvedConfig;
  return {
    name: 'quire:security-headers',
    configResolved(resolved) {
      config = resolved;
    },
    configureServer(server) {
      server.middlewares.use(respond(config.publicDir, config.base));
    },
    configurePreviewServer(server) {
      server.middlewares.use(respond(resolve(config.root, config.build.outDir), config.base));
    },
  };
}

function respond(folder: string, base: string): Connect.NextHandleFunction {
  return (request, response, next) => {
    const path = pathWithin(base, request.url ?? '/');
    for (const [name, value] of Object.entries(securityHeaders(isDocument(path) ? 'document' : 'resource'))) {
      response.setHeader(name, value);
    }
    if (!path.startsWith('models/') || isFileOf(folder, path)) return next();
    response.statusCode = 404;
    response.setHeader('Content-Type', 'text/plain');
    response.end(`There is no ${path} here.\n`);
  };
}

/** The path below the base, without a leading slash, still percent-encoded. */
function pathWithin(base: string, url: string): string {
  const { pathname } = new URL(url, 'http://localhost');
  const root = base.startsWith('/') ? base : '/';
  return pathname.startsWith(root) ? pathname.slice(root.length) : pathname.slice(1);
}

/** The page itself or a path vite answers with it: the rest is files, which have an extension. */
function isDocument(path: string): boolean {
  const extension = posix.extname(path);
  return extension === '.html' || (extension === '' && !path.startsWith('@'));
}

function isFileOf(folder: string, path: string): boolean {
  const file = join(folder, decode(path));
  return file.startsWith(join(folder, 'models') + sep) && existsSync(file);
}

/** A path that cannot be decoded names no file. */
function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
