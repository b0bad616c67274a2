/** Tests that run only where something is there: what they lack stands in their name, and the run lists them at its end. */

type Describe = ((title: string, tests: () => void) => void) & { readonly skip: (title: string, tests: () => void) => void };

/** Jest's `describe` where what the tests need is there; where it is not, the tests are left out and their name says why. */
export const describeWhere = (describe: Describe, isThere: boolean, reason: string): ((title: string, tests: () => void) => void) =>
  isThere ? describe : (title, tests) => describe.skip(`${title} (left out: ${reason})`, tests);

type TestFile = {
  readonly testFilePath: string;
  readonly testResults: readonly { readonly status: string; readonly ancestorTitles: readonly string[]; readonly title: string }[];
};

/** What was left out, by file and by the group that says why; no lines where nothing was. */
export const leftOutLines = (files: readonly TestFile[], root: string): string[] => {
  const lines = files.flatMap(({ testFilePath, testResults }) => {
    const groups = Map.groupBy(
      testResults.filter(({ status }) => status === 'pending'),
      ({ ancestorTitles }) => ancestorTitles.join(' › '),
    );
    const ofGroups = [...groups].flatMap(([group, tests]) => [
      ...(group === '' ? [] : [`    ${group}`]),
      ...tests.map(({ title }) => `${group === '' ? '    ' : '      '}${title}`),
    ]);
    return ofGroups.length === 0 ? [] : [`  ${testFilePath.replace(`${root}/`, '')}`, ...ofGroups];
  });
  return lines.length === 0 ? [] : ['Left out:', ...lines];
};
