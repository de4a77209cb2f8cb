/** Set from the one reload until the page is isolated, so that it is never a loop. */
const RELOADED = 'quire:reloaded-for-isolation';

/** Milliseconds a first visit waits for the service worker before it goes on without threads. */
const START_LIMIT = 5000;

export interface IsolationOptions {
  /** Vite's base: the service worker lies there. */
  readonly base: string;
  /** A new version is cached and waits for `applyUpdate`. */
  readonly onUpdate: () => void;
  /** Everything is cached: from now on the app starts without a network. */
  readonly onOfflineReady: () => void;
}

/**
 * Registers the service worker and, where the host sends no isolation headers, reloads the
 * page once, so that it comes through the worker and has them. To be called before anything
 * is mounted: when it reloads it never returns, and it never reloads after it has returned.
 * @returns whether threads can be used
 */
export async function isolate(options: IsolationOptions): Promise<{ isolated: boolean }> {
  const isolated = globalThis.crossOriginIsolated;
  // Vite's dev server sends the headers and has no worker; plain http has no service workers.
  if (import.meta.env.DEV || !('serviceWorker' in navigator)) return { isolated };
  const registered = register(options);
  if (isolated) {
    sessionStorage.removeItem(RELOADED);
  } else if ((await within(START_LIMIT, registered)) && !sessionStorage.getItem(RELOADED)) {
    sessionStorage.setItem(RELOADED, 'yes');
    location.reload();
    await new Promise(() => {}); // the page goes away
  }
  return { isolated };
}

/** Lets the waiting version take over and reloads the page. Not to be called mid-answer. */
export async function applyUpdate(): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration();
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  registration?.waiting?.postMessage({ type: 'SKIP_WAITING' });
}

/** @returns true once a service worker is active; false where there can be none */
async function register(options: IsolationOptions): Promise<boolean> {
  try {
    const url = new URL(`${options.base}service-worker.js`, document.baseURI);
    const registration = await navigator.serviceWorker.register(url, { updateViaCache: 'none' });
    watchUpdates(registration, options.onUpdate);
    const { active } = await navigator.serviceWorker.ready;
    if (active) cacheShell(active, options.onOfflineReady);
    return active !== null;
  } catch (error) {
    // Blocked by a setting, or not deployed: the app works, online and perhaps on one thread.
    console.warn('No service worker:', error);
    return false;
  }
}

function watchUpdates(registration: ServiceWorkerRegistration, onUpdate: () => void): void {
  if (registration.waiting && registration.active) onUpdate();
  registration.addEventListener('updatefound', () => {
    const { installing, active } = registration;
    if (!active) return; // the first version
    installing?.addEventListener('statechange', () => {
      if (installing.state === 'installed') onUpdate();
    });
  });
}

function cacheShell(worker: ServiceWorker, onOfflineReady: () => void): void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }: MessageEvent<{ type: string; detail?: string }>) => {
    port1.close();
    if (data.type === 'CACHED') onOfflineReady();
    else console.warn('Not everything was cached for offline use:', data.detail);
  };
  worker.postMessage({ type: 'CACHE_SHELL' }, [port2]);
}

async function within(milliseconds: number, condition: Promise<boolean>): Promise<boolean> {
  const limit = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), milliseconds));
  return Promise.race([condition, limit]);
}
