import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';

const WATCHDOG = new URL('./watchdog.ts', import.meta.url).href;
const SILENT_S = 1;
const children: ReturnType<typeof spawn>[] = [];
afterAll(() => children.forEach((child) => child.kill('SIGKILL')));

/** Starts a process with a watchdog that runs this program. */
function watched(work: string, env: NodeJS.ProcessEnv = process.env) {
  const program = `import { watchdog } from '${WATCHDOG}';
    const stop = watchdog('test', console, ${SILENT_S});
    const block = (ms) => { for (const until = performance.now() + ms; performance.now() < until;); };
    ${work}`;
  const child = spawn(process.execPath, ['--conditions=@plantops/source', '--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env,
  });
  children.push(child);
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return { child, output: () => output };
}

test('a process whose event loop stands still is killed, and its last line of output says why', async () => {
  const { child, output } = watched('block(60_000)');
  const [, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  expect(signal).toBe('SIGKILL');
  expect(JSON.parse(output())).toEqual({ level: 'fatal', service: 'test', msg: 'the event loop stood still: ended' });
});

test('a process that is late once lives on; its watchdog neither keeps it running nor runs longer than it', async () => {
  const { child, output } = watched(`
    setTimeout(() => { block(${SILENT_S * 1_500}); console.log('done'); }, 1);`);
  // `close` is emitted when no process has the output open any more, the watchdog included.
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  expect({ code, signal, output: output() }).toEqual({ code: 0, signal: null, output: 'done\n' });
});

test('a process that is paused for longer than one watchdog interval, as when a computer sleeps, lives on', async () => {
  const { child, output } = watched(`console.log('up'); setTimeout(() => console.log('awake'), 1_000);`);
  await once(child.stdout, 'data');
  child.kill('SIGSTOP');
  // Nothing to wait for: the pause is what is tested.
  await new Promise((resolve) => setTimeout(resolve, SILENT_S * 1_300));
  child.kill('SIGCONT');
  await once(child, 'close');
  expect(output()).toBe('up\nawake\n');
});

test('the shell of the watchdog does not run the start-up file of the user', async () => {
  const home = await mkdtemp(join(tmpdir(), 'plantops-home-'));
  await writeFile(join(home, '.bashrc'), 'echo the start-up file ran\n');
  const { child, output } = watched(`setTimeout(() => console.log('done'), 300);`, {
    PATH: process.env['PATH'],
    HOME: home,
  });
  await once(child, 'close');
  expect(output()).toBe('done\n');
  await rm(home, { recursive: true });
});
