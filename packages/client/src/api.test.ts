import { expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { API_FILE, generateApi } from './generate.ts';

test('the committed types are those of the document: if not, run the script `generate`', async () => {
  const [committed, generated] = [(await readFile(API_FILE, 'utf8')).split('\n'), (await generateApi()).split('\n')];
  const differs = generated.findIndex((line, at) => line !== committed[at]);
  expect([differs, committed[differs], committed.length]).toEqual([-1, undefined, generated.length]);
});
