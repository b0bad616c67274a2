import { expect, test } from '@jest/globals';
import { roleAllows, roles, type Role } from './contract.ts';
import { allOperations } from './docs/declared.ts';

/**
 * Every operation that needs more than a viewer, by the least role that may call it. Written by hand: to change a role
 * is a decision.
 */
const WRITTEN: Readonly<Record<Exclude<Role, 'viewer'>, readonly string[]>> = {
  operator: [
    'downtimes.acknowledge',
    'downtimes.amend',
    'downtimes.end',
    'downtimes.set-reasons',
    'downtimes.split',
    'downtimes.start',
    'downtimes.void',
    'production.cancel-batch',
    'production.complete-batch',
    'production.log-count',
    'production.log-scrap',
    'production.pause-batch',
    'production.plan-batch',
    'production.resume-batch',
    'production.start-batch',
    'production.update-batch',
    'production.void-count',
    'production.void-scrap',
  ],
  engineer: [
    'connect.create-connection',
    'connect.create-mapping',
    'connect.dry-run',
    'connect.list-rejections',
    'connect.update-connection',
    'connect.update-mapping',
    'downtimes.discard-waiting',
    'downtimes.list-rejections',
    'downtimes.list-waiting',
    'downtimes.release-all-waiting',
    'downtimes.release-waiting',
    'money-leaks.record',
    'money-leaks.set-action',
    'production.create-line',
    'production.create-product',
    'production.discard-waiting',
    'production.list-rejections',
    'production.list-waiting',
    'production.release-all-waiting',
    'production.release-waiting',
    'production.set-rate',
    'production.update-line',
    'production.update-product',
    'sensors.create',
    'sensors.discard-waiting',
    'sensors.list-rejections',
    'sensors.list-waiting',
    'sensors.log-readings',
    'sensors.release-all-waiting',
    'sensors.release-waiting',
    'sensors.update',
    'trials.cancel',
    'trials.complete',
    'trials.plan',
    'trials.start',
    'trials.update',
  ],
  admin: [
    'downtimes.list-dead-letters',
    'downtimes.replay-dead-letter',
    'gateway.create-api-key',
    'gateway.list-api-keys',
    'gateway.revoke-api-key',
    'money-leaks.list-dead-letters',
    'money-leaks.replay-dead-letter',
    'production.create-plant',
    'production.list-dead-letters',
    'production.replay-dead-letter',
    'production.set-settings',
    'production.set-shifts',
    'production.update-plant',
    'sensors.list-dead-letters',
    'sensors.replay-dead-letter',
    'trials.list-dead-letters',
    'trials.replay-dead-letter',
  ],
};

const needing = (role: Role) =>
  allOperations
    .filter((operation) => operation.role === role)
    .map(({ subject }) => subject.replace('plantops.', ''))
    .sort();

test.each(['operator', 'engineer', 'admin'] as const)('these operations need the role %s, and no others', (role) => {
  expect(needing(role)).toEqual(WRITTEN[role]);
});

test('each role may call its own operations and those of the lesser roles, and no others', () => {
  const allowed = (held: readonly Role[]) => roles.filter((needed) => roleAllows(held, needed));
  expect(allowed(['viewer'])).toEqual(['viewer']);
  expect(allowed(['operator'])).toEqual(['viewer', 'operator']);
  expect(allowed(['engineer'])).toEqual(['viewer', 'operator', 'engineer']);
  expect(allowed(['admin'])).toEqual(['viewer', 'operator', 'engineer', 'admin']);
  expect(allowed(['viewer', 'engineer'])).toEqual(['viewer', 'operator', 'engineer']);
  expect(allowed([])).toEqual([]);
});
