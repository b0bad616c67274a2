import { expect, test } from '@jest/globals';
import { mayCall, serviceNames } from '@plantops/contracts';
import { allOperations } from '@plantops/contracts/declared';
import { reservedBytes } from '@plantops/service-kit';
import { natsConf, permissionsOf, storeBytesFor, type NatsUsers } from './nats-conf.ts';

const GIB = 1024 ** 3;
const usersOf = (names: readonly string[]): NatsUsers => ({
  provisioner: 'of the provisioner',
  services: Object.fromEntries(serviceNames.map((name) => [name, `of ${name}`])) as NatsUsers['services'],
  edges: Object.fromEntries(names.map((name) => [name, `of ${name}`])),
});
const tenants = (count: number) => Array.from({ length: count }, (_, n) => `tenant-${n}`);

test('the broker’s store is large enough for what the streams of all tenants reserve', () => {
  for (const count of [0, 1, 21, 22, 47, 48, 500])
    expect(storeBytesFor(tenants(count))).toBeGreaterThanOrEqual(reservedBytes(tenants(count)));
});

test('the size of the store grows in steps, because a running server accepts a new tenant but no other size', () => {
  expect([0, 2, 21].map((count) => storeBytesFor(tenants(count)) / GIB)).toEqual([10, 10, 10]);
  expect([22, 44].map((count) => storeBytesFor(tenants(count)) / GIB)).toEqual([20, 20]);
});

/** Whether a subject with wildcards covers a subject. */
const covers = (pattern: string, subject: string): boolean =>
  new RegExp(`^${pattern.replaceAll(/[.$]/g, '\\$&').replaceAll('*', '[^.]+').replace(/>$/, '.+')}$`).test(subject);

test.each([...serviceNames])(
  'the NATS user of %s may publish on the operations that it calls, and on no others',
  (name) => {
    const { publish } = permissionsOf(name, ['akron']);
    const allowed = allOperations.filter(({ subject }) => publish.some((pattern) => covers(pattern, subject)));
    expect(allowed.map(({ subject }) => subject)).toEqual(
      allOperations.filter((operation) => mayCall(name, operation)).map(({ subject }) => subject),
    );
  },
);

test.each([undefined, ''])(
  'a user whose password is %j is never written: nats-server would let everyone in',
  (lost) => {
    const users = usersOf(['akron']);
    const settings = { host: '127.0.0.1', port: 4222, storeDir: '/data' };
    expect(natsConf({ ...settings, users })).toContain('edge_akron');
    const password = lost as string;
    const without = {
      provisioner: { ...users, provisioner: password },
      trials: { ...users, services: { ...users.services, trials: password } },
      edge_akron: { ...users, edges: { akron: password } },
    };
    for (const [user, incomplete] of Object.entries(without))
      expect(() => natsConf({ ...settings, users: incomplete })).toThrow(`the NATS user ${user} has no password`);
    const cluster = { name: 'plantops', host: '127.0.0.1', port: 6222, password, routes: [] };
    expect(() => natsConf({ ...settings, users, cluster })).toThrow('routes has no password');
  },
);
