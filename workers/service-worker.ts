import { PrecacheController } from 'workbox-precaching';
import { withSecurityHeaders } from './service-worker/with-security-headers.ts';

declare const self: ServiceWorkerGlobalScope;

const shell = new PrecacheController();
shell.addToCacheList(self.__WB_MANIFEST);

/**
 * The first version takes control at once, so that the page gets its headers after one quick
 * reload; its shell is cached when the page asks for it. A later version caches everything
 * first and then waits to be told.
 */
self.addEventListener('install', (event) => {
  if (self.registration.active) void shell.install(event);
});

self.addEventListener('activate', (event) => {
  void shell.activate(event); // drops what the version before had cached
  event.waitUntil(self.clients.claim());
});

self.addEventListener('message', (event) => {
  const type = (event.data as { type?: unknown } | null)?.type;
  if (type === 'SKIP_WAITING') event.waitUntil(self.skipWaiting());
  if (type === 'CACHE_SHELL') event.waitUntil(cacheShell(event));
});

/** Workbox fills its cache only for an event of this type; what is kept awake is the real event. */
class LateInstall extends ExtendableEvent {
  constructor(private readonly cause: ExtendableEvent) {
    super('install');
  }
  override waitUntil(work: Promise<unknown>): void {
    this.cause.waitUntil(work);
  }
}

let caching: Promise<unknown> | null = null;

/**
 * What is cached already is not fetched again, and two pages that ask at once are served by
 * one run. Answers on the message's port when it ends.
 */
async function cacheShell(event: ExtendableMessageEvent): Promise<void> {
  const [port] = event.ports;
  caching ??= shell.install(new LateInstall(event)).finally(() => (caching = null));
  try {
    await caching;
    port?.postMessage({ type: 'CACHED' });
  } catch (error) {
    port?.postMessage({ type: 'FAILED', detail: String(error) });
  }
}

self.addEventListener('fetch', (event) => {
  if (isOurs(event.request)) event.respondWith(answer(event.request));
});

/**
 * Models and byte ranges go past this worker, to be neither buffered nor cut off when the
 * browser stops it. They are read by scripts of this origin and need no headers.
 */
function isOurs(request: Request): boolean {
  const { origin, href } = new URL(request.url);
  if (origin !== self.location.origin || request.method !== 'GET') return false;
  if (request.cache === 'only-if-cached' && request.mode !== 'same-origin') return false; // fetch() would throw
  if (request.mode === 'navigate') return true;
  return !request.headers.has('range') && !href.startsWith(`${self.registration.scope}models/`);
}

async function answer(request: Request): Promise<Response> {
  const cached = await shell.matchPrecache(isPage(request) ? 'index.html' : request);
  return withSecurityHeaders(cached ?? (await fetch(request)), request.destination);
}

/** A navigation to the app, whatever its query, and not to a file that lies beside it. */
function isPage(request: Request): boolean {
  if (request.mode !== 'navigate') return false;
  const name = new URL(request.url).pathname.split('/').at(-1) ?? '';
  return !name.includes('.') || name === 'index.html';
}
