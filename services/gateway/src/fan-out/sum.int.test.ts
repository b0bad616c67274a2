import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Problem, waitingOf, type ReleasedSum, type ServiceName } from '@plantops/contracts';
import { answer } from '@plantops/service-kit';
import { Gateway } from '../gateway-fixture.ts';

const SUMS: readonly (readonly [ServiceName, ReleasedSum])[] = [
  ['production', { released: 2, waiting: 1 }],
  ['downtimes', { released: 3, waiting: 0 }],
  ['sensors', { released: 0, waiting: 7 }],
];
const asked: unknown[] = [];
let isAway = false;
let gateway: Gateway;

beforeAll(async () => {
  gateway = await Gateway.start(
    SUMS.map(([service, sum]) => ({
      service,
      answers: [
        answer(waitingOf(service).releaseAll, async (input) => {
          if (isAway && service === 'downtimes') throw new Problem('service_unavailable', 'no database');
          asked.push(input);
          return sum;
        }),
      ],
    })),
  );
});
afterAll(() => gateway.close());

const release = (role: 'engineer' | 'operator') =>
  gateway.send('/ingest/waiting/release', { method: 'POST', body: { reason: 'too_old' }, claims: { role } });

test('a command of several services reaches each of them once, and its answer is their sum', async () => {
  expect(await release('engineer')).toMatchObject({ status: 201, body: { released: 5, waiting: 8 } });
  expect(asked).toEqual([{ reason: 'too_old' }, { reason: 'too_old' }, { reason: 'too_old' }]);
});

test('if one of them cannot answer, there is no sum: it would be too small', async () => {
  isAway = true;
  expect(await release('engineer')).toMatchObject({ status: 503, body: { code: 'service_unavailable' } });
  isAway = false;
});

test('a role that may not send it reaches none of them', async () => {
  asked.length = 0;
  expect((await release('operator')).status).toBe(403);
  expect(asked).toEqual([]);
});
