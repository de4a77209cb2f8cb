import { expect, test, vi } from 'vitest';
import { FailureError, isAbort } from '../domain/failure.ts';
import { WorkerConnection } from './connect.ts';
import { serve } from './serve.ts';

interface Counter {
  double(n: number): Promise<number>;
  count(to: number, signal: AbortSignal): AsyncGenerator<number>;
  wait(signal: AbortSignal): AsyncGenerator<number>;
  refuse(): Promise<void>;
}

/** A worker of this thread: a message channel with a service at the other end. */
function connect(service: Partial<Counter>) {
  const { port1, port2 } = new MessageChannel();
  const worker = Object.assign(port1, { terminate: vi.fn(() => port1.close()) }) as unknown as Worker;
  const connection = new WorkerConnection('counter', () => {
    serve(service, {
      postMessage: (m) => port2.postMessage(m),
      addEventListener: (t, l) => port2.addEventListener(t, l),
    });
    port1.start();
    port2.start();
    return worker;
  });
  return { connection, worker, counter: connection.service<Counter>(['count', 'wait']) };
}

async function* count(to: number): AsyncGenerator<number> {
  for (let n = 1; n <= to; n++) yield n;
}

test('calls return and streams end', async () => {
  const { counter } = connect({ double: (n) => Promise.resolve(2 * n), count });
  expect(await counter.double(21)).toBe(42);
  const counted: number[] = [];
  for await (const n of counter.count(3, new AbortController().signal)) counted.push(n);
  expect(counted).toEqual([1, 2, 3]);
});

test('a failure arrives whole', async () => {
  const failure = { kind: 'storage-full', neededBytes: 7 } as const;
  const { counter } = connect({ refuse: () => Promise.reject(new FailureError(failure)) });
  await expect(counter.refuse()).rejects.toMatchObject({ failure });
});

test('the caller of a waiting stream is free at once, and the worker is told', async () => {
  const told = vi.fn();
  const { counter } = connect({
    async *wait(signal) {
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      told();
      throw signal.reason;
    },
  });
  const controller = new AbortController();
  const waiting = counter.wait(controller.signal).next();
  setTimeout(() => controller.abort(), 10);
  await expect(waiting).rejects.toSatisfy(isAbort);
  await vi.waitFor(() => expect(told).toHaveBeenCalled());
});

test('leaving a stream early stops the worker', async () => {
  const left = vi.fn();
  const { counter } = connect({
    async *count(_to, signal) {
      signal.addEventListener('abort', left);
      for (let n = 0; ; n++) {
        yield n;
        await new Promise((resolve) => setTimeout(resolve, 1));
        signal.throwIfAborted();
      }
    },
  });
  for await (const n of counter.count(9, new AbortController().signal)) if (n === 2) break;
  await vi.waitFor(() => expect(left).toHaveBeenCalled());
});

test('ending the worker fails what runs in it', async () => {
  const { counter, connection } = connect({ double: () => new Promise(() => {}) });
  const running = counter.double(1);
  await new Promise((resolve) => setTimeout(resolve, 10));
  connection.terminate();
  await expect(running).rejects.toMatchObject({ failure: { kind: 'worker-crashed', worker: 'counter' } });
});
