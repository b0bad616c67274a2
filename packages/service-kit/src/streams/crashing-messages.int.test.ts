/**
 * Messages that crash the process that applies them. The process cannot report it, and the next process gets them
 * again.
 */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { streamName } from '@plantops/contracts';
import { natsUrlOf, TEST_TENANTS } from '@plantops/fixtures';
import { connect, nanos, type NatsConnection } from 'nats';
import { Bus } from '../bus.ts';
import { DeadLettersInFile } from './dead-letters-fixture.ts';
import { createLogger } from '../process/logger.ts';
import { provision } from './provision.ts';

const ACK_WAIT_MS = 300;
const directory = mkdtempSync(join(tmpdir(), 'plantops-deadly-'));
const file = join(directory, 'dead-letters.json');
let provisioner: NatsConnection;
beforeAll(async () => {
  const url = new URL(natsUrlOf('provisioner'));
  const { username: user, password } = url;
  provisioner = await connect({
    servers: url.host,
    user,
    pass: decodeURIComponent(password),
    inboxPrefix: '_INBOX_provisioner',
  });
  const manager = await provisioner.jetstreamManager();
  for await (const stream of manager.streams.list()) await manager.streams.delete(stream.config.name);
  await provision(url.href, TEST_TENANTS);
  // The server delivers the messages of a process that ended again after this time.
  await manager.consumers.update(streamName.events, 'downtimes_akron', { ack_wait: nanos(ACK_WAIT_MS) });
});
afterAll(async () => {
  await provisioner.close();
  rmSync(directory, { recursive: true });
});

/**
 * Runs a process that consumes until a message crashes it, or until it has stored a dead letter and no more messages
 * come. Returns the payloads that it applied.
 */
async function runConsumer(): Promise<string[]> {
  const here = (name: string) => JSON.stringify(new URL(name, import.meta.url).href);
  const program = `
    import { Bus } from ${here('../bus.ts')};
    import { DeadLettersInFile } from ${here('./dead-letters-fixture.ts')};
    import { createLogger } from ${here('../process/logger.ts')};
    const deadLetters = new DeadLettersInFile(${JSON.stringify(file)});
    const bus = await Bus.connect('downtimes', ${JSON.stringify(natsUrlOf('downtimes'))}, createLogger('test', 'silent'));
    const handle = async (chunk) => {
      if (chunk.some(({ payload }) => payload === 'crash')) process.kill(process.pid, 'SIGKILL');
      for (const { payload } of chunk) console.log(payload);
    };
    bus.consume('downtimes', { events: handle }, deadLetters);
    setInterval(() => deadLetters.stored.length > 0 && setTimeout(() => process.exit(), ${4 * ACK_WAIT_MS}), 20);`;
  const child = spawn(process.execPath, ['--conditions=@plantops/source', '--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await once(child, 'close');
  return output.split('\n').filter(Boolean);
}

const before = Array.from({ length: 70 }, (_, index) => `before ${index}`);
const after = Array.from({ length: 70 }, (_, index) => `after ${index}`);

test('a message that crashes each process that applies it becomes a dead letter; the messages delivered with it are applied', async () => {
  const production = await Bus.connect('production', natsUrlOf('production'), createLogger('test', 'silent'));
  const eventOf = (payload: string) => ({ id: randomUUID(), subject: 'plantops.events.akron.batch.started', payload });
  await production.publish([...before, 'crash', ...after].map(eventOf));
  await production.close();
  const applied: string[] = [];
  let processes = 0;
  const isOver = () =>
    new DeadLettersInFile(file).stored.length > 0 && new Set(applied).size === before.length + after.length;
  for (; !isOver() && processes < 20; processes += 1) applied.push(...(await runConsumer()));
  expect(new DeadLettersInFile(file).stored).toEqual([
    { payload: 'crash', reason: 'Error: the process that applied it ended each time' },
  ]);
  expect([...new Set(applied)].toSorted()).toEqual([...before, ...after].toSorted());
  expect(processes).toBeLessThan(12);
}, 60_000);
