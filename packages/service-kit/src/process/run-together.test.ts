import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, expect, test } from '@jest/globals';

const RUN = new URL('./run.ts', import.meta.url).href;
const children: ReturnType<typeof spawn>[] = [];
afterAll(() => children.forEach((child) => child.kill('SIGKILL')));

type Line = { readonly service: string; readonly msg: string; readonly variable?: string; readonly err?: object };

/**
 * Starts a process with the services `first` and `second` in one stage and `last` in the next. Each logs that it is
 * open, with its variable, and that it is closed. `start` of `second` does `work`
 * before it is open, in which it can wait for `othersAreOpen`.
 */
function started(work: string) {
  const program = `import { runTogether } from '${RUN}';
    const delay = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    const waiting = new Set(['first', 'last']);
    const { promise: othersAreOpen, resolve } = Promise.withResolvers();
    const opened = (name) => { waiting.delete(name); if (waiting.size === 0) resolve(); };
    const readConfig = (env) => ({ ...env, PLANTOPS_LOG_LEVEL: 'info', PLANTOPS_HEALTH_HOST: '127.0.0.1' });
    const service = (name, work = () => undefined) => ({
      name, readConfig, env: { VARIABLE: name },
      start: async (config, lifetime, logger) => {
        lifetime.defer(name, async () => { await delay(name === 'last' ? 100 : 1); logger.info('closed'); });
        await work();
        opened(name);
        logger.info({ variable: config.VARIABLE }, 'open');
        return { ready: () => true };
      },
    });
    await runTogether('all', [[service('first'), service('second', async () => { ${work} })], [service('last')]]);`;
  const child = spawn(process.execPath, ['--conditions=@plantops/source', '--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: { PATH: process.env['PATH'], VARIABLE: 'of the process' },
  });
  children.push(child);
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = async () => {
    const [code] = (await once(child, 'close')) as [number | null];
    const lines = output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Line);
    return { code, lines, closed: lines.filter(({ msg }) => msg === 'closed').map(({ service }) => service) };
  };
  return { child, ended: ended() };
}

test('each service reads its own variables; on SIGTERM the last stage is closed before the others are', async () => {
  const { child, ended } = started('');
  await once(child, 'message');
  child.kill('SIGTERM');
  const { code, lines, closed } = await ended;
  expect(code).toBe(0);
  expect(lines.filter(({ msg }) => msg === 'open').map(({ service, variable }) => [service, variable])).toEqual(
    expect.arrayContaining([
      ['first', 'first'],
      ['second', 'second'],
      ['last', 'last'],
    ]),
  );
  expect(closed[0]).toBe('last');
  expect(closed.slice(1).sort()).toEqual(['first', 'second']);
});

test('a service that cannot start ends the process with code 1, its log says why, and the others are closed', async () => {
  const { code, lines, closed } = await started(`await othersAreOpen; throw new Error('no database');`).ended;
  expect(code).toBe(1);
  expect(lines.filter(({ msg }) => msg === 'could not start')).toEqual([
    expect.objectContaining({
      level: 'fatal',
      service: 'second',
      err: expect.objectContaining({ message: 'no database' }),
    }),
  ]);
  expect(closed.sort()).toEqual(['first', 'last', 'second']);
});

test('an unhandled error of one service ends the process with code 1, and all services are closed', async () => {
  const { code, lines, closed } = await started(`void othersAreOpen.then(() => { throw new Error('crashed'); });`)
    .ended;
  expect(code).toBe(1);
  expect(lines).toContainEqual(
    expect.objectContaining({ level: 'fatal', service: 'all', err: expect.objectContaining({ message: 'crashed' }) }),
  );
  expect(closed.sort()).toEqual(['first', 'last', 'second']);
});
