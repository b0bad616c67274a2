import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { deadLettersOf, historyOf, Problem, type DeadLetterRow, type ServiceName } from '@plantops/contracts';
import { answer } from '@plantops/service-kit';
import { rowId } from '@plantops/testing';
import { Gateway } from '../gateway-fixture.ts';

const letter = (id: string): DeadLetterRow => ({
  id,
  tenant_id: 'akron',
  service: 'trials',
  stream: 'MASTER',
  stream_seq: 1,
  message_subject: 'plantops.master.akron.line.x',
  payload: '{}',
  reason: 'no',
  parked_at: '2026-03-02T08:00:00.000Z',
  replayed_at: null,
  replayed_by: null,
});
const OWNERS: Partial<Record<ServiceName, string>> = { trials: rowId(1), production: rowId(2) };
let gateway: Gateway;
let asked: string[] = [];
beforeAll(async () => {
  const services = ['production', 'downtimes', 'money-leaks', 'trials'] as const;
  gateway = await Gateway.start(
    services.map((service) => ({
      service,
      answers: [
        answer(deadLettersOf(service).replay, async ({ id }) => {
          if (OWNERS[service] !== id) throw new Problem('not_found', `there is no dead letter ${id}`);
          return letter(id);
        }),
        answer(historyOf(service), async ({ resource }) => {
          asked.push(`${service}:${resource}`);
          return { items: [], next_cursor: null, total: 0, total_is_capped: false };
        }),
      ],
    })),
  );
});
afterAll(() => gateway.close());

const replay = (id: string) => gateway.send(`/dead-letters/${id}/replay`, { method: 'POST' });

test('a command goes to the service that has the row, while any other service is down', async () => {
  // sensors is down in this test
  expect(await replay(rowId(1))).toMatchObject({ status: 201, body: { id: rowId(1) } });
  expect(await replay(rowId(2))).toMatchObject({ status: 201, body: { id: rowId(2) } });
});

test('a row that no running service has may belong to the service that is down: 503, not 404', async () => {
  expect((await replay(rowId(9))).status).toBe(503);
  expect((await replay('x')).status).toBe(422);
});

test('the history goes to its owner, and a resource without an owner is named in the error', async () => {
  asked = [];
  for (const resource of ['plants', 'downtimes', 'trials', 'money-leaks'])
    expect((await gateway.send(`/history/${resource}/${rowId(1)}`)).status).toBe(200);
  expect(asked).toEqual(['production:plants', 'downtimes:downtimes', 'trials:trials', 'money-leaks:money-leaks']);
  expect(await gateway.send(`/history/people/${rowId(1)}`)).toMatchObject({
    status: 422,
    body: { errors: [{ path: 'resource' }] },
  });
});
