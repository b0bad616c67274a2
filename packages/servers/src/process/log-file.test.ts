import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { appendFile, mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { logTail, openLog } from './log-file.ts';

describe('a log file', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'log-file-'));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  test('keeps the lines of earlier runs, and its tail shows only those of this run', async () => {
    const path = join(dir, 'server.log');
    await writeFile(path, 'earlier\n');
    const log = await openLog(path);
    await log.close();
    await appendFile(path, 'now\n');
    expect(await logTail(path, log.offset)).toBe('now');
    expect(await logTail(path, 0)).toBe('earlier\nnow');
  });

  test('its tail is the end of a long output', async () => {
    const path = join(dir, 'server.log');
    await writeFile(path, `${'x'.repeat(10_000)}the end`);
    expect(await logTail(path, 0, 7)).toBe('the end');
  });

  test('is renamed when it is over its limit, and a new one begins', async () => {
    const path = join(dir, 'server.log');
    await writeFile(path, '');
    await truncate(path, 11 * 1024 * 1024);
    const log = await openLog(path);
    await log.close();
    expect(log.offset).toBe(0);
    expect((await readdir(dir)).toSorted()).toEqual(['server.log', 'server.log.1']);
  });
});
