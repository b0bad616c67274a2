import { leftOutLines } from '../../fixtures/src/left-out.ts';
import { errorsInLogs, forgetLogs } from './plant/kept-logs.ts';

/**
 * A jest reporter. It prints the first errors that the services of a failed test logged, the time of each kind of test,
 * the tests that were left out with the reason, and one last line that programs can parse.
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

  onRunComplete(
    _contexts,
    { numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites, testResults },
  ) {
    // With -t, the tests of other names are pending, and need no mention.
    const isPartOfFiles = (this.#config.testNamePattern ?? '') !== '';
    const lines = isPartOfFiles ? [] : leftOutLines(testResults, this.#config.rootDir);
    const skipped = numPendingTests > 0 ? `, ${numPendingTests} skipped` : '';
    const line = `${numPassedTests} passed, ${numFailedTests + numRuntimeErrorTestSuites} failed${skipped}`;
    const durations = durationsOf(testResults);
    // Other reporters print after this, and the line must be the last one.
    process.once('exit', () => process.stdout.write([...durations, ...lines, line, ''].join('\n')));
  }
}

/**
 * The sum of the times of each project's test files. Two files run at the same time, so it is more than the elapsed
 * time.
 */
function durationsOf(files) {
  const byProject = new Map();
  for (const { displayName, perfStats } of files)
    byProject.set(
      displayName?.name ?? 'tests',
      (byProject.get(displayName?.name ?? 'tests') ?? 0) + perfStats.end - perfStats.start,
    );
  return [...byProject].map(([name, ms]) => `${name}: ${Math.round(ms / 1000)} s in its test files`);
}
