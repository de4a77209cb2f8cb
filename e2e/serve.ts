import { createReadStream, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { securityHeaders } from '../src/security-headers.ts';

const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
  '.pdf': 'application/pdf',
};

/** Answers a request in the file's place; false leaves it to the file. */
export type Override = (path: string, request: IncomingMessage, response: ServerResponse) => boolean;

export interface HostOptions {
  /** Send the isolation and security headers, as a host that lets one set them does. */
  readonly headers?: boolean;
  /** Where the app lies, with slashes at both ends. */
  readonly base?: string;
  readonly override?: Override;
  /** Folders beside the built app, by what their paths begin with. */
  readonly folders?: Readonly<Record<string, string>>;
}

export interface Host {
  readonly url: string;
  /** Paths asked for so far, below the base, with their Range. */
  readonly requests: { readonly path: string; readonly range: string | undefined }[];
  readonly close: () => Promise<void>;
}

/** A static host for the built app. */
export async function serve({
  headers = true,
  base = '/',
  override,
  folders = {},
}: HostOptions = {}): Promise<Host> {
  const requests: Host['requests'] = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (!pathname.startsWith(base)) return void response.writeHead(404).end();
    const path = decodeURIComponent(pathname.slice(base.length)) || 'index.html';
    requests.push({ path, range: request.headers.range });
    if (headers) {
      const use = path.endsWith('.html') ? 'document' : 'resource';
      for (const [name, value] of Object.entries(securityHeaders(use))) response.setHeader(name, value);
    }
    if (override?.(path, request, response)) return;
    sendFile(locate(path, folders), request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${String(port)}${base}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function locate(path: string, folders: Readonly<Record<string, string>>): string {
  const prefix = Object.keys(folders).find((each) => path.startsWith(each)) ?? '';
  return join(folders[prefix] ?? 'dist', normalize(`/${path.slice(prefix.length)}`));
}

function sendFile(file: string, request: IncomingMessage, response: ServerResponse): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size;
  if (size === undefined)
    return void response.writeHead(404, { 'content-type': 'text/plain' }).end('not here');
  response.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream');
  response.setHeader('accept-ranges', 'bytes');
  const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
  if (start > 0) {
    const range = `bytes ${String(start)}-${String(size - 1)}/${String(size)}`;
    response.writeHead(206, { 'content-range': range, 'content-length': size - start });
  } else response.writeHead(200, { 'content-length': size });
  createReadStream(file, { start }).pipe(response);
}
