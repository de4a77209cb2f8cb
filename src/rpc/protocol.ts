import type { Failure } from '../domain/failure.ts';

/** From the page to a worker. `call` carries the arguments less the `AbortSignal`. */
export type Request =
  | { readonly type: 'call'; readonly id: number; readonly method: string; readonly args: unknown[] }
  | { readonly type: 'abort'; readonly id: number };

/** From a worker to the page. A call ends with `return`, `throw` or `aborted`, whatever it streamed. */
export type Reply =
  | { readonly type: 'ready' }
  | { readonly type: 'yield'; readonly id: number; readonly value: unknown }
  | { readonly type: 'return'; readonly id: number; readonly value: unknown }
  | { readonly type: 'throw'; readonly id: number; readonly failure: Failure }
  | { readonly type: 'aborted'; readonly id: number };
