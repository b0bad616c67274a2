import { expect, test } from '@jest/globals';
import { describeWhere, leftOutLines } from './left-out.ts';

const named = (isThere: boolean): string[] => {
  const names: string[] = [];
  const describe = Object.assign((title: string) => void names.push(`run: ${title}`), {
    skip: (title: string) => void names.push(`left out: ${title}`),
  });
  describeWhere(describe, isThere, 'no kubectl here')('manifests', () => {});
  return names;
};
const passed = { status: 'passed', ancestorTitles: ['money'], title: 'adds up' };
const pending = { status: 'pending', ancestorTitles: ['manifests (left out: no kubectl here)'], title: 'are those of base' };

test('tests run where what they need is there; else they are left out, and their name says why', () => {
  expect(named(true)).toEqual(['run: manifests']);
  expect(named(false)).toEqual(['left out: manifests (left out: no kubectl here)']);
});

test('each test that was left out is listed with its file and the reason, no other test is', () => {
  const files = [
    { testFilePath: '/repo/packages/a.test.ts', testResults: [passed, pending, { ...pending, title: 'are those of production' }] },
    { testFilePath: '/repo/packages/b.test.ts', testResults: [passed] },
    { testFilePath: '/repo/packages/c.test.ts', testResults: [{ ...pending, ancestorTitles: [] }] },
  ];
  expect(leftOutLines(files, '/repo')).toEqual([
    'Left out:',
    '  packages/a.test.ts',
    '    manifests (left out: no kubectl here)',
    '      are those of base',
    '      are those of production',
    '  packages/c.test.ts',
    '    are those of base',
  ]);
});

test('where nothing was left out nothing is listed', () => {
  expect(leftOutLines([{ testFilePath: '/repo/packages/b.test.ts', testResults: [passed] }], '/repo')).toEqual([]);
});
