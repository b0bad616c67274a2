import { leftOutLines } from '../../fixtures/src/left-out.ts';
import { errorsInLogs, forgetLogs } from './plant/kept-logs.ts';

/**
 * A jest reporter: prints the first errors that the services of a failed test have logged, how long each kind of test took, lists the tests that were left out with the reason, and closes the run with one line
 * that any machine can read.
 */
export default class ClosingLine {
  #config;

  constructor(globalConfig) {
    this.#config = globalConfig;
  }

  onTestResult(_test, { testFilePath, numFailingTests, testExecError }) {
    if (numFailingTests === 0 && testExecError === undefined) return forgetLogs(testFilePath);
    const lines = errorsInLogs(testFilePath);
    if (lines.length > 0) process.stdout.write(`${lines.join('\n')}\n`);
  }

  onRunComplete(_contexts, { numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites, testResults }) {
    // With -t every test of another name is pending, and nobody misses it.
    const isPartOfFiles = (this.#config.testNamePattern ?? '') !== '';
    const lines = isPartOfFiles ? [] : leftOutLines(testResults, this.#config.rootDir);
    const skipped = numPendingTests > 0 ? `, ${numPendingTests} skipped` : '';
    const line = `${numPassedTests} passed, ${numFailedTests + numRuntimeErrorTestSuites} failed${skipped}`;
    const durations = durationsOf(testResults);
    // Other reporters still print after this; the line is to be the last one.
    process.once('exit', () => process.stdout.write([...durations, ...lines, line, ''].join('\n')));
  }
}

/** The time of the test files of each project, added up: two of them run beside each other. */
function durationsOf(files) {
  const byProject = new Map();
  for (const { displayName, perfStats } of files)
    byProject.set(displayName?.name ?? 'tests', (byProject.get(displayName?.name ?? 'tests') ?? 0) + perfStats.end - perfStats.start);
  return [...byProject].map(([name, ms]) => `${name}: ${Math.round(ms / 1000)} s in its test files`);
}
