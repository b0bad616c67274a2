import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, openSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { afterAll, expect, test } from '@jest/globals';
import { waitFor } from '@plantops/fixtures';

const LOGGER = new URL('./logger.ts', import.meta.url).href;
const children: ReturnType<typeof spawn>[] = [];
afterAll(() => children.forEach((child) => child.kill('SIGKILL')));

/** Starts a process that logs to `output`, and says on standard error what it gets done. */
function logging(output: number | 'pipe', work: string) {
  const program = `import { createLogger } from '${LOGGER}';
    import { setTimeout as delay } from 'node:timers/promises';
    const logger = createLogger('test', 'info');
    const done = (what) => process.stderr.write(what + '\\n');
    ${work}`;
  const child = spawn(process.execPath, ['--conditions=@plantops/source', '--input-type=module', '--eval', program], {
    stdio: ['ignore', output, 'pipe'],
  });
  children.push(child);
  let [said, logged] = ['', ''];
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return {
    child,
    said: () => said,
    read: () => (child.stdout as Readable).on('data', (chunk: Buffer) => (logged += chunk.toString())),
    logged: () => logged,
  };
}

test('a service whose log cannot be written, because the disk is full, goes on and ends as it should', async () => {
  const full = openSync('/dev/full', 'w');
  const { child, said } = logging(
    full,
    `for (let line = 0; line < 1_000; line += 1) { logger.info({ line }, 'a line'); await delay(0); }
     done('all');
     process.exit(3);`,
  );
  closeSync(full);
  const [code] = (await once(child, 'close')) as [number | null];
  expect([said(), code]).toEqual(['all\n', 3]);
});

test('a service whose log nobody reads ends when it is asked to', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'plantops-log-'));
  const pipe = join(dir, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const reader = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK);
  const writer = openSync(pipe, 'w');
  const { child, said } = logging(
    writer,
    `for (let line = 0; line < 300; line += 1) logger.info({ line, text: 'x'.repeat(1_000) }, 'a line');
     process.on('SIGTERM', () => process.exit(0));
     setInterval(() => {}, 1_000);
     await delay(0);
     done('all');`,
  );
  await waitFor('the log to be full', () => said() === 'all\n', 10_000);
  child.kill();
  const [code] = (await once(child, 'exit')) as [number | null];
  expect(code).toBe(0);
  for (const end of [reader, writer]) closeSync(end);
  await rm(dir, { recursive: true });
});

test('a service whose log nobody reads goes on, and counts the lines that it drops', async () => {
  const { child, said, read, logged } = logging(
    'pipe',
    `const text = 'x'.repeat(1_000);
     for (let line = 0; line < 3_000; line += 1) { logger.info({ line, text }, 'a line'); if (line % 100 === 0) await delay(1); }
     done('all');
     process.on('SIGTERM', () => process.exit(0));
     setInterval(() => {}, 1_000);`,
  );
  await waitFor('the process to go on', () => said() === 'all\n', 10_000);
  read();
  await waitFor('the dropped lines to be counted', () => logged().includes('lines of the log were dropped'), 10_000);
  child.kill();
  await once(child, 'close');
  const lines = logged()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { lines?: number });
  const dropped = lines.reduce((sum, { lines: count = 0 }) => sum + count, 0);
  expect(dropped).toBeGreaterThan(0);
  expect(lines.filter((line) => line.lines === undefined).length + dropped).toBe(3_000);
});
