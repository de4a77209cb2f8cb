import { FailureError, type Failure } from '../../src/domain/failure.ts';

/** `work`, or `failure` thrown when it has not settled after `ms`. */
export function withDeadline<T>(work: Promise<T>, ms: number, failure: Failure): Promise<T> {
  let timer: ReturnType<typeof setTimeout>;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new FailureError(failure)), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
