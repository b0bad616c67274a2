import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Problem, streamName } from '@plantops/contracts';
import { natsUrlOf, TEST_TENANTS, waitFor } from '@plantops/fixtures';
import { connect, type NatsConnection } from 'nats';
import { Bus } from '../bus.ts';
import { DeadLettersInFile } from './dead-letters-fixture.ts';
import { Lifetime } from '../process/lifetime.ts';
import { createLogger } from '../process/logger.ts';
import { provision } from './provision.ts';

const logger = createLogger('test', 'silent');
const lifetime = new Lifetime(logger);
let bus: Bus;
let provisioner: NatsConnection;
/** The payloads that the handler applied. */
const handled: string[] = [];
const deadLetters = new DeadLettersInFile();
const { stored } = deadLetters;
let tries = 0;
let calls = 0;
let away = false;
/** How many more times the handler fails with a timeout of the database. */
let timeouts = 0;

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
  bus = await Bus.connect('trials', natsUrlOf('trials'), logger);
  lifetime.defer('bus', () => bus.close());
  const handle = async (chunk: readonly { payload: string }[]) => {
    calls += 1;
    if (away) throw new Problem('service_unavailable', 'the database cannot be reached');
    if (timeouts > 0) {
      timeouts -= 1;
      throw Object.assign(new Error('canceling statement due to statement timeout'), { code: '57014' });
    }
    if (chunk.some(({ payload }) => payload === 'poison')) {
      if (chunk.length === 1) tries += 1;
      throw new TypeError('cannot be applied');
    }
    handled.push(...chunk.map(({ payload }) => payload));
  };
  lifetime.defer('consumer', bus.consume('trials', { master: handle }, deadLetters, { pauseMs: 5 }));
});
afterAll(async () => {
  await lifetime.close();
  await provisioner.close();
});

/** Publishes events about lines, as production does. */
async function announce(...payloads: string[]) {
  const production = await Bus.connect('production', natsUrlOf('production'), logger);
  await production.publish(
    payloads.map((payload) => ({ id: randomUUID(), subject: `plantops.master.akron.line.${randomUUID()}`, payload })),
  );
  await production.close();
}
async function pending() {
  const manager = await provisioner.jetstreamManager();
  const { num_pending, num_ack_pending } = await manager.consumers.info(streamName.master, 'trials');
  return num_pending + num_ack_pending;
}

test('a message that fails again and again becomes a dead letter with its reason; the other messages are applied', async () => {
  await announce('a', 'poison', 'b', 'c');
  await waitFor('the bad message to become a dead letter', () => stored.length > 0);
  expect(stored).toEqual([{ payload: 'poison', reason: 'TypeError: cannot be applied' }]);
  expect(tries).toBe(7);
  expect(handled.toSorted()).toEqual(['a', 'b', 'c']);
  await waitFor('nothing to be pending', async () => (await pending()) === 0);
});

test('one bad message among hundreds is found by halving the chunk, in fewer than 30 tries', async () => {
  const good = Array.from({ length: 299 }, (_, index) => `good ${index}`);
  [tries, calls] = [0, 0];
  await announce(...good.slice(0, 200), 'poison', ...good.slice(200));
  await waitFor('the bad message to become a dead letter', () => stored.length > 1);
  expect(handled.filter((payload) => payload.startsWith('good')).toSorted()).toEqual(good.toSorted());
  // However the 300 messages are split into chunks: a chunk of fifty or more is halved seven or eight times.
  expect(calls - tries).toBeLessThan(30);
  stored.pop();
});

test('while the database is away, messages are delivered again and none becomes a dead letter', async () => {
  away = true;
  await announce('d');
  await waitFor(
    'the message to be delivered again',
    async () =>
      (await (await provisioner.jetstreamManager()).consumers.info(streamName.master, 'trials')).num_redelivered > 0,
  );
  away = false;
  await waitFor('the message to be applied', () => handled.includes('d'));
  expect(stored).toHaveLength(1);
});

test('a database that times out more often than a bad message is tried: no message becomes a dead letter', async () => {
  timeouts = 8;
  await announce('e');
  await waitFor('the message to be applied', () => handled.includes('e'));
  expect(timeouts).toBe(0);
  expect(stored).toHaveLength(1);
});

test('the events of one tenant do not wait behind those of another: they are applied while a chunk of the other one is running', async () => {
  const order: string[] = [];
  let globexIsApplied = () => {};
  const globex = new Promise<void>((resolve) => (globexIsApplied = resolve));
  const downtimes = await Bus.connect('downtimes', natsUrlOf('downtimes'), logger);
  const production = await Bus.connect('production', natsUrlOf('production'), logger);
  const eventOf = (tenant: string) => ({
    id: randomUUID(),
    subject: `plantops.events.${tenant}.batch.started`,
    payload: tenant,
  });
  const handle = async (chunk: readonly { payload: string }[]) => {
    if (chunk[0]?.payload === 'akron') await globex;
    else globexIsApplied();
    order.push(...chunk.map(({ payload }) => payload));
  };
  await production.publish([...Array.from({ length: 1_500 }, () => eventOf('akron')), eventOf('globex')]);
  const stop = downtimes.consume('downtimes', { events: handle }, new DeadLettersInFile());
  await waitFor('all events to be applied', () => order.length === 1_501);
  expect(order.indexOf('globex')).toBe(0);
  await stop();
  await Promise.all([production.close(), downtimes.close()]);
});
