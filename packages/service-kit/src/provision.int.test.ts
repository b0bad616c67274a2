import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { streamName } from '@plantops/contracts';
import { natsUrlOf, TEST_TENANTS, waitFor } from '@plantops/testing';
import { AckPolicy, connect, DeliverPolicy, ReplayPolicy, type NatsConnection } from 'nats';
import { provision } from './provision.ts';

const userOf = async (user: string): Promise<NatsConnection> => {
  const url = new URL(natsUrlOf(user));
  return connect({
    servers: url.host,
    user: url.username,
    pass: decodeURIComponent(url.password),
    inboxPrefix: `_INBOX_${user}`,
    timeout: 1_000,
  });
};
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
  connection.request(`$JS.API.CONSUMER.CREATE.${streamName.events}`, JSON.stringify({ stream_name: streamName.events, config: stolen }), {
    timeout: 500,
  });
const filterOf = async () =>
  (await (await provisioner.jetstreamManager()).consumers.info(streamName.events, 'money-leaks_akron')).config.filter_subject ?? '';

test.each(['gateway', 'money-leaks', 'production', 'sensors'])(
  'the user %s cannot change a durable consumer, its own neither',
  async (user) => {
    const connection = await userOf(user);
    await expect(asked(connection)).rejects.toMatchObject({ code: expect.stringMatching(/TIMEOUT|PERMISSIONS/) });
    await connection.close();
    expect(await filterOf()).toBe('plantops.events.akron.>');
  },
);

test('a consumer that somebody has changed is made anew: it would pass by what it should deliver', async () => {
  await asked(provisioner);
  expect(await filterOf()).toBe('plantops.events.nobody.>');
  expect(await provision(natsUrlOf('provisioner'), TEST_TENANTS)).toEqual([
    'consumer money-leaks_akron of EVENTS was changed by somebody: made anew, it delivers all again',
  ]);
  expect(await filterOf()).toBe('plantops.events.akron.>');
});

test('where everything is as it should be nothing is touched', async () => {
  const manager = await provisioner.jetstreamManager();
  const { created } = await manager.consumers.info(streamName.events, 'money-leaks_akron');
  expect(await provision(natsUrlOf('provisioner'), TEST_TENANTS)).toEqual([]);
  expect((await manager.consumers.info(streamName.events, 'money-leaks_akron')).created).toBe(created);
});

test('the one consumer that a service had of EVENTS in earlier versions stays while a copy waits at it, and goes then', async () => {
  const manager = await provisioner.jetstreamManager();
  const retired = 'money-leaks';
  await manager.consumers.add(streamName.events, { durable_name: retired, ack_policy: AckPolicy.Explicit });
  const waiting = await provisioner.jetstream().consumers.get(streamName.events, retired);
  const messages = await waiting.consume({ expires: 30_000, callback: () => {} });
  const names = async () => (await manager.consumers.list(streamName.events).next()).map(({ name }) => name);
  await waitFor('a copy to wait', async () => (await manager.consumers.info(streamName.events, retired)).num_waiting > 0);
  await provision(natsUrlOf('provisioner'), TEST_TENANTS);
  expect(await names()).toContain(retired);
  await messages.close();
  await waitFor('it to go', async () => {
    await provision(natsUrlOf('provisioner'), TEST_TENANTS);
    return !(await names()).includes(retired);
  });
});
