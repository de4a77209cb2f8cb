import { expect, test } from 'vitest';
import { Lender } from './lender.ts';

/** A task that notes when it begins and ends when told. */
function task(name: string, begun: string[]) {
  let end = () => {};
  let fail = () => {};
  const over = new Promise<void>((resolve, reject) => {
    end = resolve;
    fail = () => reject(new Error(name));
  });
  const run = (thing: string) => {
    begun.push(`${name} with ${thing}`);
    return over;
  };
  return { run, end, fail };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

test('nothing is lent twice at once, and who is next goes ahead of the line', async () => {
  const begun: string[] = [];
  const lender = new Lender(['one', 'two']);
  const a = task('a', begun);
  const b = task('b', begun);
  const c = task('c', begun);
  const d = task('d', begun);
  const running = [lender.lend(a.run), lender.lend(b.run), lender.lend(c.run), lender.lendNext(d.run)];
  await settled();
  expect(begun).toEqual(['a with two', 'b with one']);
  b.end();
  await settled();
  expect(begun.slice(2)).toEqual(['d with one']);
  for (const each of [a, c, d]) each.end();
  await Promise.all(running);
  expect(begun).toHaveLength(4);
});

test('what fails gives back what it was lent', async () => {
  const begun: string[] = [];
  const lender = new Lender(['one']);
  const failing = task('failing', begun);
  const next = task('next', begun);
  const failed = expect(lender.lend(failing.run)).rejects.toThrow('failing');
  const done = lender.lend(next.run);
  failing.fail();
  next.end();
  await Promise.all([failed, done]);
  expect(begun).toEqual(['failing with one', 'next with one']);
});
