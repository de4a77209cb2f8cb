/**
 * The whole test command: every check in turn, then the sum as its last line. Goes on after a
 * failure, so that one run tells everything, except where the rest needs what failed.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import * as v from 'valibot';

const REPORTS = 'test-results';
const VitestReport = v.object({ numPassedTests: v.number(), numFailedTests: v.number() });
const PlaywrightReport = v.object({
  stats: v.object({ expected: v.number(), unexpected: v.number(), flaky: v.number() }),
});

const sum = { passed: 0, failed: 0 };

function run(command: string): boolean {
  console.log(`\n+ ${command}`);
  return spawnSync(command, { shell: true, stdio: 'inherit' }).status === 0;
}

function check(command: string): boolean {
  const passed = run(command);
  sum[passed ? 'passed' : 'failed']++;
  return passed;
}

/** Adds a runner's own counts; a run without a report, or with no test in it, is a failure. */
function count(command: string, report: string, counts: (json: unknown) => [number, number]): void {
  const succeeded = run(command);
  try {
    const [passed, failed] = counts(JSON.parse(readFileSync(`${REPORTS}/${report}`, 'utf8')));
    sum.passed += passed;
    sum.failed += failed || (succeeded && passed > 0 ? 0 : 1);
  } catch (error) {
    console.error(`${command} left no report:`, error);
    sum.failed++;
  }
}

mkdirSync(REPORTS, { recursive: true });
check('npx prettier --check .');
check('npx eslint .');
check('npx svelte-check --tsconfig ./tsconfig.json --fail-on-warnings');
check('npx tsc -p workers');
check('npx tsc -p tsconfig.node.json');
check('npx depcruise src workers');
count(
  `npx vitest run --reporter=default --reporter=json --outputFile=${REPORTS}/unit.json`,
  'unit.json',
  (json) => {
    const { numPassedTests, numFailedTests } = v.parse(VitestReport, json);
    return [numPassedTests, numFailedTests];
  },
);
const ready = [
  check('npm run --silent models'),
  check('npm run --silent models -- smollm2-135m-instruct-q4_1'),
  check('npx tsx e2e/fixtures/make.ts --long'),
  check('npm run --silent build'),
].every(Boolean);
if (ready) {
  count('npx playwright test', 'e2e.json', (json) => {
    const { expected, unexpected, flaky } = v.parse(PlaywrightReport, json).stats;
    return [expected, unexpected + flaky];
  });
  check('npm run --silent eval -- --short');
}
console.log(`\n${String(sum.passed)} passed, ${String(sum.failed)} failed`);
process.exitCode = sum.failed === 0 ? 0 : 1;
