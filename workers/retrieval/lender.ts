/** Lends each of its things to one task at a time; the others wait in line. */
export class Lender<T> {
  readonly #idle: T[];
  readonly #waiting: ((thing: T) => void)[] = [];

  constructor(readonly all: readonly T[]) {
    this.#idle = [...all];
  }

  lend<R>(task: (thing: T) => Promise<R>): Promise<R> {
    return this.#use(task, (waiting) => this.#waiting.push(waiting));
  }

  /** The same, ahead of all that wait. */
  lendNext<R>(task: (thing: T) => Promise<R>): Promise<R> {
    return this.#use(task, (waiting) => this.#waiting.unshift(waiting));
  }

  async #use<R>(task: (thing: T) => Promise<R>, wait: (waiting: (thing: T) => void) => void): Promise<R> {
    const thing = this.#idle.pop() ?? (await new Promise<T>(wait));
    try {
      return await task(thing);
    } finally {
      const next = this.#waiting.shift();
      if (next) next(thing);
      else this.#idle.push(thing);
    }
  }
}
