/**
 * Everything that can go wrong, as data: it crosses worker borders whole and is worded
 * once, in `ui/failure-copy.ts`. Stopping is not failing and has no kind here.
 */
export type Failure =
  | { readonly kind: 'not-a-pdf' }
  | { readonly kind: 'empty-file' }
  | { readonly kind: 'no-pages' }
  | { readonly kind: 'unreadable-pdf' }
  | { readonly kind: 'no-text-layer'; readonly pages: number }
  | { readonly kind: 'password-needed' }
  | { readonly kind: 'password-wrong' }
  | { readonly kind: 'link-invalid' }
  | { readonly kind: 'link-unreachable'; readonly host: string }
  | { readonly kind: 'link-refused'; readonly host: string; readonly status: number }
  | { readonly kind: 'download-failed'; readonly file: string; readonly status: number | null }
  | { readonly kind: 'download-not-a-model'; readonly file: string }
  | { readonly kind: 'wrong-hash'; readonly file: string }
  | { readonly kind: 'model-missing'; readonly modelId: string }
  | { readonly kind: 'model-rejected'; readonly modelId: string }
  | { readonly kind: 'load-timeout'; readonly modelId: string; readonly seconds: number }
  | { readonly kind: 'answer-timeout'; readonly seconds: number }
  | { readonly kind: 'out-of-memory' }
  | { readonly kind: 'context-full' }
  | { readonly kind: 'storage-full'; readonly neededBytes: number }
  | { readonly kind: 'storage-unavailable' }
  /** Plain http: the browser withholds hashing, storage for models and service workers. */
  | { readonly kind: 'insecure-context' }
  | { readonly kind: 'worker-missing'; readonly worker: string }
  | { readonly kind: 'worker-crashed'; readonly worker: string }
  | { readonly kind: 'unexpected'; readonly detail: string };

/** Carries a `Failure` through `throw`. */
export class FailureError extends Error {
  override readonly name = 'FailureError';
  constructor(
    readonly failure: Failure,
    options?: ErrorOptions,
  ) {
    super(failure.kind, options);
  }
}

/** True when `error` is the consequence of an `AbortSignal`, which is not a failure. */
export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}

/** The `Failure` that `error` carries; anything unforeseen becomes `unexpected` with its message. */
export function toFailure(error: unknown): Failure {
  if (error instanceof FailureError) return error.failure;
  const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { kind: 'unexpected', detail };
}
