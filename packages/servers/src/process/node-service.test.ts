import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startNodeService } from './node-service.ts';
import type { NodeServiceSpec } from './node-service.ts';
import { processIdentity } from './process-identity.ts';
import { holdsWithin } from './holds-within.ts';

const READY = `process.send('ready');`;
const STAYS = `setInterval(() => {}, 60_000);`;

describe('startNodeService', () => {
  let dir: string;
  let pid: number | undefined;

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'node-service-'));
    pid = undefined;
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  async function service(source: string, more: Partial<NodeServiceSpec> = {}): Promise<NodeServiceSpec> {
    const entry = join(dir, 'main.mjs');
    await writeFile(entry, source);
    const onSpawn = (spawned: number): void => {
      pid = spawned;
    };
    return { name: 'service', entry, cwd: dir, env: {}, logFile: join(dir, 'service.log'), onSpawn, ...more };
  }

  test('resolves when the service says that it is ready; the service ends when it is stopped', async () => {
    const running = await startNodeService(
      await service(`process.on('SIGTERM', () => process.exit(7));` + STAYS + READY),
    );
    expect(running.pid).toBe(pid);
    await running.stop(5_000);
    expect(await running.exited).toBe(7);
  });

  test('runs in its own process group, which Ctrl-C in the terminal does not reach', async () => {
    const running = await startNodeService(await service(READY + STAYS));
    try {
      // Signal 0 only checks whether the group exists.
      expect(process.kill(-running.pid, 0)).toBe(true);
    } finally {
      await running.stop(5_000);
    }
  });

  test('gets only the environment that it is given', async () => {
    const source = `console.log(JSON.stringify(process.env)); ${READY} ${STAYS}`;
    const spec = await service(source, { env: { PLANTOPS_EXAMPLE: 'yes' } });
    const running = await startNodeService(spec);
    await running.stop(5_000);
    const environment = JSON.parse(await readFile(spec.logFile, 'utf8')) as Record<string, string>;
    expect(environment).toMatchObject({ PLANTOPS_EXAMPLE: 'yes' });
    expect(environment).not.toHaveProperty('PATH');
  });

  test('is killed when it does not end within the deadline', async () => {
    const running = await startNodeService(await service(`process.on('SIGTERM', () => {});` + READY + STAYS));
    await running.stop(50);
    expect(await running.exited).toBeNull();
    expect(await processIdentity(running.pid)).toBeUndefined();
  });

  test('rejects with the end of the log when the service ends before it is ready', async () => {
    const start = startNodeService(await service(`console.error('the reason'); process.exitCode = 3;`));
    await expect(start).rejects.toThrow(/ended with code 3 before it was ready[\s\S]*the reason/);
  });

  test('rejects and leaves no process when the service is not ready in time', async () => {
    const start = startNodeService(await service(STAYS, { readyTimeoutMs: 100 }));
    await expect(start).rejects.toThrow('not ready in 100 ms');
    expect(await processIdentity(pid ?? 0)).toBeUndefined();
  });

  test('leaves no process when it is stopped while it starts', async () => {
    const abort = new AbortController();
    const start = startNodeService(await service(STAYS, { signal: abort.signal }));
    const outcome = expect(start).rejects.toThrow('enough');
    expect(await holdsWithin(() => pid !== undefined, { timeoutMs: 5_000 })).toBe(true);
    abort.abort(new Error('enough'));
    await outcome;
    expect(await processIdentity(pid ?? 0)).toBeUndefined();
  });

  test('rejects with the name of the service when its process cannot be started', async () => {
    const start = startNodeService(await service(READY, { cwd: join(dir, 'missing') }));
    await expect(start).rejects.toThrow('service could not be started');
  });
});
