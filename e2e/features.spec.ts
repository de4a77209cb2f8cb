import { readFileSync } from 'node:fs';
import { add, answered, askFor, expect, fixture, open, SMALL_MODEL, test, useModel } from './app.ts';
import type { Override } from './serve.ts';

/** What some browsers lack: how a worker loses it, and how to see that it has. */
const FEATURES = [
  {
    name: 'JSPI',
    switchOff:
      'delete WebAssembly.Suspending; delete WebAssembly.promising; delete WebAssembly.SuspendError;',
    // wllama puts a function of its own in its place.
    isOn: '/native code/.test(String(WebAssembly.Suspending))',
  },
  {
    name: '64-bit memory',
    switchOff: `const Memory = WebAssembly.Memory;
      WebAssembly.Memory = class extends Memory {
        constructor(options) {
          if (options.address === 'i64') throw new TypeError('no 64-bit memory');
          super(options);
        }
      };`,
    isOn: "(() => { try { return !!new WebAssembly.Memory({ initial: 1n, address: 'i64' }); } catch { return false; } })()",
  },
];

for (const { name, switchOff, isOn } of FEATURES)
  test.describe(`a browser without ${name}`, () => {
    test.use({ hostOptions: { override: inWorkers(switchOff) }, serviceWorkers: 'block' });
    test('it answers', async ({ page, host }) => {
      await open(page, host);
      await add(page, fixture('report.pdf'));
      await useModel(page, SMALL_MODEL);
      const workers = page.workers().filter((worker) => /language-model|^blob:/.test(worker.url()));
      // A thread that waits for work answers nobody, and one that has ended meanwhile cannot.
      const told = await Promise.all(
        workers.map((worker) => Promise.race([worker.evaluate(isOn).catch(() => null), silence()])),
      );
      // The language model's worker and llama.cpp's, at least.
      expect(told.filter((isThere) => isThere === false).length).toBeGreaterThanOrEqual(2);
      expect(told).not.toContain(true);
      await askFor(page, 'Who built the new sluice gate?');
      await answered(page);
      await expect(page.getByTestId('answer')).toHaveText(/\w/);
      await expect(page.getByTestId('answer')).toHaveAttribute('data-status', 'complete');
    });
  });

/** Null, after longer than a free worker takes to answer. */
async function silence(): Promise<null> {
  await new Promise((resolve) => setTimeout(resolve, 5_000));
  return null;
}

/** Runs a statement first in each of the app's workers, and in the workers that they make of a Blob. */
function inWorkers(statement: string): Override {
  const first = `(function inEach() {
    ${statement}
    const Native = Blob;
    globalThis.Blob = class extends Native {
      constructor(parts, options) {
        super(options?.type === 'text/javascript' ? ['(' + inEach + ')();', ...parts] : parts, options);
      }
    };
  })();\n`;
  return (path, _request, response) => {
    if (!/\.worker-[^/]*\.js$/.test(path)) return false;
    response.writeHead(200, { 'content-type': 'text/javascript' });
    response.end(first + readFileSync(`dist/${path}`, 'utf8'));
    return true;
  };
}
