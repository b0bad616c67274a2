import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { isFull, watchDisk } from './watch-disk.ts';

const MIB = 1024 * 1024;

test.each([
  ['a disk with 64 MiB left is not full', 64, false, false],
  ['one with less is', 63, false, true],
  ['it is full until it has 128 MiB again', 127, true, true],
  ['then it has room', 128, true, false],
])('%s', (_what, mib, wasFull, full) => expect(isFull(mib * MIB, wasFull)).toBe(full));

test('a disk with room is no event; a reserve of 16 MiB is kept on it', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'plantops-watch-'));
  const changes: boolean[] = [];
  const stop = await watchDisk(dir, async (full) => void changes.push(full));
  stop();
  expect([changes, (await stat(join(dir, 'reserve'))).size]).toEqual([[], 16 * MIB]);
  await rm(dir, { recursive: true });
});
