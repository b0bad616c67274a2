import { leftOutLines } from './left-out.ts';

/** A jest reporter: lists the tests that were left out with the reason, and closes the run with one line that any machine can read. */
export default class ClosingLine {
  #config;

  constructor(globalConfig) {
    this.#config = globalConfig;
  }

  onRunComplete(_contexts, { numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites, testResults }) {
    // With -t every test of another name is pending, and nobody misses it.
    const isPartOfFiles = (this.#config.testNamePattern ?? '') !== '';
    const lines = isPartOfFiles ? [] : leftOutLines(testResults, this.#config.rootDir);
    const skipped = numPendingTests > 0 ? `, ${numPendingTests} skipped` : '';
    const line = `${numPassedTests} passed, ${numFailedTests + numRuntimeErrorTestSuites} failed${skipped}`;
    // Other reporters still print after this; the line is to be the last one.
    process.once('exit', () => process.stdout.write([...lines, line, ''].join('\n')));
  }
}
