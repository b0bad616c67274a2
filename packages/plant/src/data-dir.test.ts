import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

import { openDataDir } from './data-dir.ts';
import { holdsWithin, processIdentity } from '@plantops/servers';

const STAYS = 'setInterval(() => {}, 60_000)';
const IGNORES_SIGNALS = `for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => {}); ${STAYS}`;

async function gone(pid: number): Promise<boolean> {
  return await holdsWithin(async () => (await processIdentity(pid)) === undefined, { timeoutMs: 5_000 });
}

describe('the data directory', () => {
  let root: string;
  let dir: string;
  let remarks: string[];
  const remark = (line: string) => void remarks.push(line);
  const started: ChildProcess[] = [];

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'data-dir-'));
    dir = join(root, 'plant');
    remarks = [];
  });
  afterEach(async () => {
    for (const child of started.splice(0)) child.kill('SIGKILL');
    await rm(root, { recursive: true, force: true });
  });

  /** Starts a Node process and waits for its first output. */
  async function nodeProcess(source: string): Promise<ChildProcess & { pid: number }> {
    const child = spawn(process.execPath, ['--input-type=module', '-e', `${source}; console.log('up')`], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    started.push(child);
    await new Promise((up) => child.stdout?.once('data', up));
    return child as ChildProcess & { pid: number };
  }

  /** Starts a launcher that locks the directory and records a child, and kills it. */
  async function killedLauncher(): Promise<{ child: ChildProcess & { pid: number } }> {
    const child = await nodeProcess(STAYS);
    const launcher = await nodeProcess(`
      const { openDataDir } = await import(${JSON.stringify(join(import.meta.dirname, 'data-dir.ts'))});
      const dataDir = await openDataDir(${JSON.stringify(dir)}, () => {});
      await dataDir.recordChild('child', ${child.pid});
      ${STAYS}`);
    launcher.kill('SIGKILL');
    expect(await gone(launcher.pid)).toBe(true);
    return { child };
  }

  test('reads a file that was written, and undefined for one that was not', async () => {
    const dataDir = await openDataDir(dir, remark);
    await dataDir.writeJson('state.json', { port: 8080 });
    expect(await dataDir.readJson('state.json', z.object({ port: z.number() }))).toEqual({ port: 8080 });
    expect(await dataDir.readJson('other.json', z.object({}))).toBeUndefined();
    expect(remarks).toEqual([]);
    await dataDir.close();
  });

  test('only its owner can read its files, and no incomplete file is left', async () => {
    const dataDir = await openDataDir(dir, remark);
    await Promise.all([1, 2, 3, 4].map((secret) => dataDir.writeJson('secrets.json', { secret })));
    expect((await stat(join(dir, 'secrets.json'))).mode & 0o777).toBe(0o600);
    expect((await stat(dir)).mode & 0o066).toBe(0);
    expect((await readdir(dir)).toSorted()).toEqual(['launcher.lock', 'secrets.json']);
    await dataDir.close();
  });

  test('refuses a second start; the error names the pid of the first and what to do', async () => {
    const first = await openDataDir(dir, remark);
    const second = openDataDir(dir, remark);
    await expect(second).rejects.toThrow(`pid ${process.pid}`);
    await expect(second).rejects.toThrow('PLANTOPS_DATA_DIR');
    await first.close();
    const third = await openDataDir(dir, remark);
    await third.close();
  });

  test('can be opened again after its launcher was killed', async () => {
    await killedLauncher();
    const dataDir = await openDataDir(dir, remark);
    await expect(openDataDir(dir, remark)).rejects.toThrow(`pid ${process.pid}`);
    await dataDir.close();
  });

  test('can be opened again when another process has the pid of a dead launcher', async () => {
    const first = await openDataDir(dir, remark);
    await first.close();
    await writeFile(join(dir, 'launcher.lock'), JSON.stringify({ pid: process.pid, startedAt: 'before this process' }));
    const second = await openDataDir(dir, remark);
    await second.close();
  });

  test('one of several launchers that start at once after a killed one gets it', async () => {
    await killedLauncher();
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => openDataDir(dir, remark)));
    const winners = outcomes.filter((outcome) => outcome.status === 'fulfilled');
    expect(winners).toHaveLength(1);
    await winners[0]?.value.close();
    expect(await readdir(dir)).toEqual(['children.json']);
  });

  test('ends the children that a killed launcher left behind', async () => {
    const { child } = await killedLauncher();
    const dataDir = await openDataDir(dir, remark);
    expect(await dataDir.sweep()).toMatchObject([{ name: 'child', pid: child.pid }]);
    expect(await processIdentity(child.pid)).toBeUndefined();
    expect(await dataDir.sweep()).toEqual([]);
    await dataDir.close();
  });

  test('kills a child that ignores every other signal', async () => {
    const child = await nodeProcess(IGNORES_SIGNALS);
    const dataDir = await openDataDir(dir, remark);
    await dataDir.recordChild('stubborn', child.pid);
    await dataDir.sweep();
    expect(child.signalCode ?? (await gone(child.pid))).toBeTruthy();
    await dataDir.close();
  });

  test('never ends a process that got the pid of a dead child', async () => {
    const bystander = await nodeProcess(STAYS);
    const dataDir = await openDataDir(dir, remark);
    await dataDir.writeJson('children.json', [{ name: 'child', pid: bystander.pid, startedAt: 'long ago' }]);
    expect(await dataDir.sweep()).toEqual([]);
    expect(await processIdentity(bystander.pid)).toBeDefined();
    await dataDir.close();
  });

  test('records every child when many start at once, and the newest of each name', async () => {
    const [one, two] = await Promise.all([nodeProcess(STAYS), nodeProcess(STAYS)]);
    const dataDir = await openDataDir(dir, remark);
    await Promise.all([
      dataDir.recordChild('a', one.pid),
      dataDir.recordChild('b', one.pid),
      dataDir.recordChild('a', two.pid),
    ]);
    expect(await dataDir.readJson('children.json', z.array(z.looseObject({})))).toMatchObject([
      { name: 'b', pid: one.pid },
      { name: 'a', pid: two.pid },
    ]);
    await dataDir.close();
  });

  const DAMAGED = ['', '{', 'null', '{}', '[{"name":"child","pid":"1"}]'];
  test.each(DAMAGED)('children.json that holds %j is made again, with a remark that names it', async (content) => {
    const dataDir = await openDataDir(dir, remark);
    await writeFile(join(dir, 'children.json'), content);
    expect(await dataDir.sweep()).toEqual([]);
    expect(remarks).toEqual([expect.stringContaining(join(dir, 'children.json'))]);
    expect(await dataDir.readJson('children.json', z.array(z.never()))).toEqual([]);
    await dataDir.close();
  });

  test.each(DAMAGED)('a lock that holds %j is made again, with a remark, and works again', async (content) => {
    const before = await openDataDir(dir, remark);
    await before.close();
    await writeFile(join(dir, 'launcher.lock'), content);
    const dataDir = await openDataDir(dir, remark);
    expect(remarks).toEqual([expect.stringContaining(join(dir, 'launcher.lock'))]);
    await expect(openDataDir(dir, remark)).rejects.toThrow(`pid ${process.pid}`);
    await dataDir.close();
    expect(await readdir(dir)).toEqual([]);
  });

  test('a path that cannot be a data directory is refused: the error names the variable, the path and why', async () => {
    const file = join(root, 'file');
    await writeFile(file, '');
    // Nobody may make a directory below /sys, not even root.
    const paths = {
      [file]: 'is a file',
      [join(file, 'below')]: 'is below a file',
      '/sys/plant': /may not be|only be read/,
    };
    for (const [path, why] of Object.entries(paths)) {
      const refused = openDataDir(path, remark);
      await expect(refused).rejects.toThrow(`PLANTOPS_DATA_DIR: ${path} `);
      await expect(refused).rejects.toThrow(why);
    }
  });
});
