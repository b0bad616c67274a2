import { expect, test } from '@jest/globals';
import { waitFor } from '@plantops/testing';
import { Rebirths } from './rebirths.ts';

const EVERY_MS = 30;

test('a node is asked at once, and once more for all requests that came too soon', async () => {
  const asked: string[] = [];
  const rebirths = new Rebirths((node) => asked.push(node), EVERY_MS);
  for (const node of ['a', 'a', 'b', 'a']) rebirths.request(node);
  expect(asked).toEqual(['a', 'b']);
  await waitFor('the request that came too soon', () => asked.length === 3);
  expect(asked).toEqual(['a', 'b', 'a']);
  rebirths.stop();
});

test('a node that was answered long ago is asked at once', async () => {
  const asked: string[] = [];
  const rebirths = new Rebirths((node) => asked.push(node), 0);
  await waitFor('more requests', () => {
    rebirths.request('a');
    return asked.length > 5;
  });
  rebirths.stop();
});
