import { isAbort, toFailure } from '../domain/failure.ts';
import type { Reply, Request } from './protocol.ts';

type Port = Pick<DedicatedWorkerGlobalScope, 'postMessage' | 'addEventListener'>;
interface DedicatedWorkerGlobalScope {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
}

/**
 * Answers a worker's calls with the methods of `service`. Each method gets the caller's
 * arguments and, last, a signal that fires the moment the caller gives up.
 */
export function serve(service: object, port: Port): void {
  const running = new Map<number, AbortController>();
  const post = (reply: Reply) => port.postMessage(reply);

  async function run({ id, method, args }: Request & { type: 'call' }): Promise<void> {
    const controller = new AbortController();
    running.set(id, controller);
    try {
      const handler: unknown = Reflect.get(service, method);
      if (typeof handler !== 'function') throw new TypeError(`no method ${method}`);
      const result: unknown = await handler.call(service, ...args, controller.signal);
      if (!isAsyncIterable(result)) return post({ type: 'return', id, value: result });
      for await (const value of result) post({ type: 'yield', id, value });
      post({ type: 'return', id, value: undefined });
    } catch (error) {
      if (controller.signal.aborted && isAbort(error)) post({ type: 'aborted', id });
      else post({ type: 'throw', id, failure: toFailure(error) });
    } finally {
      running.delete(id);
    }
  }

  port.addEventListener('message', (event) => {
    const request = event.data as Request; // our own page is the only sender
    if (request.type === 'call') void run(request);
    else running.get(request.id)?.abort(new DOMException('stopped by the caller', 'AbortError'));
  });
  post({ type: 'ready' });
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
