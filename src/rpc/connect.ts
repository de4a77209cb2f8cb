import { FailureError, type Failure } from '../domain/failure.ts';
import type { Reply, Request } from './protocol.ts';

interface Call {
  onYield(value: unknown): void;
  onReturn(value: unknown): void;
  onError(error: unknown): void;
}

/** Time a worker's script gets to load and start, in ms. */
const START_LIMIT = 20_000;

/**
 * The page's end of a worker: a `Service` whose methods run there. Promise methods become
 * calls, generator methods (`streams`) become streams; a trailing `AbortSignal` reaches the
 * worker at once, even while a stream is waiting. The worker starts with the first call; when
 * it crashes every call fails with `worker-crashed` and the next call starts a new one.
 */
export class WorkerConnection {
  #worker: Promise<Worker> | null = null;
  #calls = new Map<number, Call>();
  #nextId = 1;

  constructor(
    private readonly name: string,
    private readonly create: () => Worker,
    private readonly onCrash: () => void = () => {},
  ) {}

  /** @param streams names of the methods that return async generators */
  service<Service extends object>(streams: readonly (keyof Service & string)[]): Service {
    const methods = new Map<string, unknown>();
    const methodOf = (name: string) =>
      (streams as readonly string[]).includes(name)
        ? (...args: unknown[]) => this.#stream(name, args)
        : (...args: unknown[]) => this.#call(name, args);
    return new Proxy({} as Service, {
      get: (_, name) => {
        if (typeof name !== 'string' || name === 'then') return undefined;
        if (!methods.has(name)) methods.set(name, methodOf(name));
        return methods.get(name);
      },
    });
  }

  /** Ends the worker and whatever runs in it; running calls fail with `worker-crashed`. */
  terminate(): void {
    const worker = this.#worker;
    this.#worker = null;
    void worker?.then(
      (started) => started.terminate(),
      () => {},
    );
    this.#failAll({ kind: 'worker-crashed', worker: this.name });
  }

  #call(method: string, args: unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#send(method, args, { onYield: () => {}, onReturn: resolve, onError: reject });
    });
  }

  async *#stream(method: string, args: unknown[]): AsyncGenerator<unknown> {
    const stop = new AbortController();
    const outer = args.at(-1) instanceof AbortSignal ? [args.pop() as AbortSignal] : [];
    const signal = AbortSignal.any([...outer, stop.signal]);
    const reader = new ReadableStream<unknown>({
      start: (controller) =>
        this.#send(method, [...args, signal], {
          onYield: (value) => controller.enqueue(value),
          onReturn: () => controller.close(),
          onError: (error) => controller.error(error),
        }),
    }).getReader();
    try {
      for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
    } finally {
      stop.abort(); // tells the worker when the caller left before the end
    }
  }

  #send(method: string, args: unknown[], call: Call): void {
    const signal = args.at(-1) instanceof AbortSignal ? (args.pop() as AbortSignal) : null;
    const id = this.#nextId++;
    const aborted = () => new DOMException('stopped', 'AbortError');
    if (signal?.aborted) return call.onError(aborted());
    const onAbort = () => {
      // The caller is free at once; the worker's own `aborted` then finds nobody waiting.
      this.#settle(id)?.onError(aborted());
      void this.#worker?.then(
        (worker) => worker.postMessage({ type: 'abort', id } satisfies Request),
        () => {},
      );
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    this.#calls.set(id, {
      ...call,
      onReturn: (value) => (signal?.removeEventListener('abort', onAbort), call.onReturn(value)),
      onError: (error) => (signal?.removeEventListener('abort', onAbort), call.onError(error)),
    });
    this.#start().then(
      (worker) => {
        if (this.#calls.has(id)) worker.postMessage({ type: 'call', id, method, args } satisfies Request);
      },
      (error: unknown) => this.#settle(id)?.onError(error),
    );
  }

  #start(): Promise<Worker> {
    this.#worker ??= new Promise<Worker>((resolve, reject) => {
      const worker = this.create();
      const missing = () => {
        this.#worker = null;
        worker.terminate();
        reject(new FailureError({ kind: 'worker-missing', worker: this.name }));
      };
      const timer = setTimeout(missing, START_LIMIT);
      let started = false;
      worker.addEventListener('message', (event: MessageEvent<Reply>) => {
        if (event.data.type !== 'ready') return this.#receive(event.data);
        started = true;
        clearTimeout(timer);
        resolve(worker);
      });
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        clearTimeout(timer);
        if (!started) return missing();
        worker.terminate();
        this.#worker = null;
        this.#failAll({ kind: 'worker-crashed', worker: this.name });
        this.onCrash();
      });
    });
    return this.#worker;
  }

  #receive(reply: Exclude<Reply, { type: 'ready' }>): void {
    if (reply.type === 'yield') return this.#calls.get(reply.id)?.onYield(reply.value);
    const call = this.#settle(reply.id);
    if (reply.type === 'return') call?.onReturn(reply.value);
    else if (reply.type === 'throw') call?.onError(new FailureError(reply.failure));
    else call?.onError(new DOMException('stopped', 'AbortError'));
  }

  #settle(id: number): Call | undefined {
    const call = this.#calls.get(id);
    this.#calls.delete(id);
    return call;
  }

  #failAll(failure: Failure): void {
    const calls = [...this.#calls.values()];
    this.#calls.clear();
    for (const call of calls) call.onError(new FailureError(failure));
  }
}
