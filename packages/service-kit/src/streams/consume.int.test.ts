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
/** What was handed over, and set aside. */
const handled: string[] = [];
const deadLetters = new DeadLettersInFile();
const { stored } = deadLetters;
let tries = 0;
let calls = 0;
let away = false;
/** How many more times the database takes too long. */
let timeouts = 0;

beforeAll(async () => {
  const url = new URL(natsUrlOf('provisioner'));
  const { username: user, password } = url;
  provisioner = await connect({ servers: url.host, user, pass: decodeURIComponent(password), inboxPrefix: '_INBOX_provisioner' });
  const manager = await provisioner.jetstreamManager();
  for await (const stream of manager.streams.list()) await manager.streams.delete(stream.config.name);
  await provision(url.href, TEST_TENANTS);
  bus = await Bus.connect('trials', natsUrlOf('trials'), logger);
  lifetime.defer('bus', () => bus.close());
  const handle = async (batch: readonly { payload: string }[]) => {
    calls += 1;
    if (away) throw new Problem('service_unavailable', 'the database is away');
    if (timeouts > 0) {
      timeouts -= 1;
      throw Object.assign(new Error('canceling statement due to statement timeout'), { code: '57014' });
    }
    if (batch.some(({ payload }) => payload === 'poison')) {
      if (batch.length === 1) tries += 1;
      throw new TypeError('cannot be applied');
    }
    handled.push(...batch.map(({ payload }) => payload));
  };
  lifetime.defer('consumer', bus.consume('trials', { master: handle }, deadLetters, { pauseMs: 5 }));
});
afterAll(async () => {
  await lifetime.close();
  await provisioner.close();
});

/** Announcements of lines, as production makes them. */
const announce = async (...payloads: string[]) => {
  const production = await Bus.connect('production', natsUrlOf('production'), logger);
  await production.publish(
    payloads.map((payload) => ({ id: randomUUID(), subject: `plantops.master.akron.line.${randomUUID()}`, payload })),
  );
  await production.close();
};
const pending = async () => {
  const manager = await provisioner.jetstreamManager();
  const { num_pending, num_ack_pending } = await manager.consumers.info(streamName.master, 'trials');
  return num_pending + num_ack_pending;
};

test('a message that fails again and again is set aside with its reason; it holds up none of the others', async () => {
  await announce('a', 'poison', 'b', 'c');
  await waitFor('the poison to be set aside', () => stored.length > 0);
  expect(stored).toEqual([{ payload: 'poison', reason: 'TypeError: cannot be applied' }]);
  expect(tries).toBe(7);
  expect(handled.toSorted()).toEqual(['a', 'b', 'c']);
  await waitFor('nothing to be pending', async () => (await pending()) === 0);
});

test('one bad message among hundreds is found by halves, in some twenty tries', async () => {
  const good = Array.from({ length: 299 }, (_, index) => `good ${index}`);
  [tries, calls] = [0, 0];
  await announce(...good.slice(0, 200), 'poison', ...good.slice(200));
  await waitFor('it to be set aside', () => stored.length > 1);
  expect(handled.filter((payload) => payload.startsWith('good')).toSorted()).toEqual(good.toSorted());
  // However the 300 messages came in batches: each of some fifty or more is halved seven or eight times.
  expect(calls - tries).toBeLessThan(30);
  stored.pop();
});

test('what cannot be taken in now is no failure: all of it comes again, and nothing is set aside', async () => {
  away = true;
  await announce('d');
  await waitFor(
    'it to be refused',
    async () => (await (await provisioner.jetstreamManager()).consumers.info(streamName.master, 'trials')).num_redelivered > 0,
  );
  away = false;
  await waitFor('it to be taken in', () => handled.includes('d'));
  expect(stored).toHaveLength(1);
});

test('a database that is slow for longer than a bad message is tried has nothing set aside', async () => {
  timeouts = 8;
  await announce('e');
  await waitFor('it to be taken in', () => handled.includes('e'));
  expect(timeouts).toBe(0);
  expect(stored).toHaveLength(1);
});

test('what a tenant announces does not wait behind what another did: it is taken in while the other one’s batch is not over', async () => {
  const order: string[] = [];
  let globexIsIn = () => {};
  const globex = new Promise<void>((resolve) => (globexIsIn = resolve));
  const downtimes = await Bus.connect('downtimes', natsUrlOf('downtimes'), logger);
  const production = await Bus.connect('production', natsUrlOf('production'), logger);
  const say = (tenant: string) => ({ id: randomUUID(), subject: `plantops.events.${tenant}.batch.started`, payload: tenant });
  const handle = async (batch: readonly { payload: string }[]) => {
    if (batch[0]?.payload === 'akron') await globex;
    else globexIsIn();
    order.push(...batch.map(({ payload }) => payload));
  };
  await production.publish([...Array.from({ length: 1_500 }, () => say('akron')), say('globex')]);
  const stop = downtimes.consume('downtimes', { events: handle }, new DeadLettersInFile());
  await waitFor('all of it', () => order.length === 1_501);
  expect(order.indexOf('globex')).toBe(0);
  await stop();
  await Promise.all([production.close(), downtimes.close()]);
});
