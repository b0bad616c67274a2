import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { streamName } from '@plantops/contracts';
import { natsUrlOf, TEST_TENANTS, waitFor } from '@plantops/fixtures';
import { AckPolicy, connect, DeliverPolicy, ReplayPolicy, type NatsConnection } from 'nats';
import { consumeStream, type Handle } from './consume.ts';
import { createLogger } from '../process/logger.ts';
import { DeadLettersInFile } from './dead-letters-fixture.ts';
import { makeRoom } from './make-room.ts';
import { provision } from './provision.ts';

async function userOf(user: string): Promise<NatsConnection> {
  const url = new URL(natsUrlOf(user));
  return connect({
    servers: url.host,
    user: url.username,
    pass: decodeURIComponent(url.password),
    inboxPrefix: `_INBOX_${user}`,
    timeout: 1_000,
  });
}
let provisioner: NatsConnection;
beforeAll(async () => {
  provisioner = await userOf('provisioner');
  await provision(natsUrlOf('provisioner'), TEST_TENANTS);
});
afterAll(() => provisioner.close());

const stolen = {
  name: 'money-leaks_akron',
  deliver_policy: DeliverPolicy.All,
  ack_policy: AckPolicy.Explicit,
  replay_policy: ReplayPolicy.Instant,
  ack_wait: 10_000_000_000,
  max_deliver: -1,
  max_ack_pending: 1_000,
  max_waiting: 64,
  filter_subject: 'plantops.events.nobody.>',
};
const asked = (connection: NatsConnection) =>
  connection.request(
    `$JS.API.CONSUMER.CREATE.${streamName.events}`,
    JSON.stringify({ stream_name: streamName.events, config: stolen }),
    {
      timeout: 500,
    },
  );
const filterOf = async () =>
  (await (await provisioner.jetstreamManager()).consumers.info(streamName.events, 'money-leaks_akron')).config
    .filter_subject ?? '';

test.each(['gateway', 'money-leaks', 'production', 'sensors'])(
  'the user %s cannot change a durable consumer, not even its own',
  async (user) => {
    const connection = await userOf(user);
    await expect(asked(connection)).rejects.toMatchObject({ code: expect.stringMatching(/TIMEOUT|PERMISSIONS/) });
    await connection.close();
    expect(await filterOf()).toBe('plantops.events.akron.>');
  },
);

test('a consumer that was changed by hand is created again, so that it skips no messages', async () => {
  await asked(provisioner);
  expect(await filterOf()).toBe('plantops.events.nobody.>');
  expect(await provision(natsUrlOf('provisioner'), TEST_TENANTS)).toEqual([
    'consumer money-leaks_akron of EVENTS was changed by hand: created again, it delivers all messages again',
  ]);
  expect(await filterOf()).toBe('plantops.events.akron.>');
});

test('a second run changes nothing', async () => {
  const manager = await provisioner.jetstreamManager();
  const { created } = await manager.consumers.info(streamName.events, 'money-leaks_akron');
  expect(await provision(natsUrlOf('provisioner'), TEST_TENANTS)).toEqual([]);
  expect((await manager.consumers.info(streamName.events, 'money-leaks_akron')).created).toBe(created);
});

test('with `again`, all consumers of that service are created again and deliver all messages again; those of other services stay', async () => {
  const manager = await provisioner.jetstreamManager();
  const placesOf = (service: string) =>
    Promise.all(
      [`EVENTS ${service}_akron`, `EVENTS ${service}_globex`, `MASTER ${service}`].map(async (place) => {
        const [stream, name] = place.split(' ') as [string, string];
        return (await manager.consumers.info(stream, name)).created;
      }),
    );
  const [others, own] = [await placesOf('downtimes'), await placesOf('money-leaks')];
  const [announcer, listener] = [await userOf('downtimes'), await userOf('money-leaks')];
  // The stream may hold messages of other tests.
  const once = randomUUID();
  let delivered = 0;
  const handle: Handle = async (chunk) => void (delivered += chunk.filter(({ payload }) => payload === once).length);
  const consumed = {
    stream: streamName.events,
    durable: 'money-leaks_akron',
    handle,
    deadLetters: new DeadLettersInFile(),
  };
  const stop = consumeStream(listener, createLogger('test', 'silent'), consumed);
  try {
    await announcer.jetstream().publish('plantops.events.akron.downtime.voided', once);
    await waitFor('the event to be delivered', () => delivered === 1);
    const remarks = await provision(natsUrlOf('provisioner'), TEST_TENANTS, { again: 'money-leaks' });
    expect(remarks.toSorted()).toEqual([
      'consumer money-leaks of MASTER was to deliver again: created again, it delivers all messages again',
      'consumer money-leaks_akron of EVENTS was to deliver again: created again, it delivers all messages again',
      'consumer money-leaks_globex of EVENTS was to deliver again: created again, it delivers all messages again',
    ]);
    await waitFor('the event to be delivered again', () => delivered === 2, 20_000);
  } finally {
    await stop();
    await Promise.all([announcer.close(), listener.close()]);
  }
  expect(await placesOf('downtimes')).toEqual(others);
  for (const [index, created] of (await placesOf('money-leaks')).entries()) expect(created).not.toBe(own[index]);
}, 60_000);

test('the consumer of EVENTS that earlier versions used stays while a copy waits at it, and is deleted after that', async () => {
  const manager = await provisioner.jetstreamManager();
  const retired = 'money-leaks';
  await manager.consumers.add(streamName.events, { durable_name: retired, ack_policy: AckPolicy.Explicit });
  const waiting = await provisioner.jetstream().consumers.get(streamName.events, retired);
  const messages = await waiting.consume({ expires: 30_000, callback: () => {} });
  const names = async () => (await manager.consumers.list(streamName.events).next()).map(({ name }) => name);
  await waitFor(
    'a copy to wait at the consumer',
    async () => (await manager.consumers.info(streamName.events, retired)).num_waiting > 0,
  );
  await provision(natsUrlOf('provisioner'), TEST_TENANTS);
  expect(await names()).toContain(retired);
  await messages.close();
  await waitFor('the consumer to be deleted', async () => {
    await provision(natsUrlOf('provisioner'), TEST_TENANTS);
    return !(await names()).includes(retired);
  });
});

test('what both consumers have acknowledged makes room in a full stream; what one of them lacks stays', async () => {
  const manager = await provisioner.jetstreamManager();
  const name = `ROOM_${randomUUID()}`;
  const max_bytes = 100_000;
  await manager.streams.add({ name, subjects: [`$SRV.room.${name}`], max_bytes });
  const durables = ['quick', 'slow'];
  for (const durable_name of durables) await manager.consumers.add(name, { durable_name, ack_policy: AckPolicy.None });
  const publish = async (count: number) => {
    for (let n = 0; n < count; n += 1) await provisioner.jetstream().publish(`$SRV.room.${name}`, 'x'.repeat(1_000));
  };
  // What such a consumer gets counts as acknowledged.
  const acknowledge = async (durable: string, count: number) => {
    const consumer = await provisioner.jetstream().consumers.get(name, durable);
    const received: number[] = [];
    for await (const { seq } of await consumer.fetch({ max_messages: count })) if (received.push(seq) === count) break;
  };
  const kept = async () => (await manager.streams.info(name)).state;
  await publish(80);
  await acknowledge('quick', 80);
  await makeRoom(manager, { name, max_bytes }, durables);
  expect((await kept()).first_seq).toBe(1);
  await acknowledge('slow', 20);
  await makeRoom(manager, { name, max_bytes }, durables);
  expect(await kept()).toMatchObject({ first_seq: 21, last_seq: 80 });
  await acknowledge('slow', 60);
  await makeRoom(manager, { name, max_bytes }, durables);
  expect((await kept()).bytes).toBeLessThanOrEqual(0.6 * max_bytes);
  await manager.streams.delete(name);
});
