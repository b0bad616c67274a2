import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createLine, createPlant, listBatches, rejectionsOf } from '@plantops/contracts';
import { at, ServiceHarness, waitFor } from '@plantops/testing';
import { readConfig } from '../config.ts';
import { start } from '../service.ts';

let production: ServiceHarness;

beforeAll(async () => {
  production = await ServiceHarness.start('production', start, readConfig);
  const { id } = await production.call(createPlant, { code: 'AKR', name: 'Akron', timezone: 'UTC' });
  await production.call(createLine, {
    code: 'L1',
    plant_id: id,
    name: 'Line 1',
    hourly_cost: 300,
    ideal_cycle_seconds: 30,
  });
});
afterAll(() => production.close());

const rejectedAs = async (eventId: string | null) => {
  await production.settled();
  const { items } = await production.call(rejectionsOf('production'), { limit: 500 });
  return items.filter(({ event_id }) => event_id === eventId);
};
const batches = async (batchNumber: string) =>
  (
    await production.rows.query<{ status: string; operator: string }>(
      'select status, operator from batch where batch_number = $1',
      [batchNumber],
    )
  ).rows;
const counted = async () =>
  Number(
    (await production.rows.query<{ good: string }>('select coalesce(sum(good), 0) as good from unit_count')).rows[0]
      ?.good,
  );

describe('what can never be applied', () => {
  test('the same id with another body is listed, and the first one stays', async () => {
    const event = { id: 'twice', at: at('08:00'), good: 10 };
    const before = await counted();
    await production.publish('L1', 'count', event);
    await production.publish('L1', 'count', { ...event, good: 11 });
    await production.publish('L1', 'count', { ...event, at: '2026-03-02T09:00:00+01:00' }); // the same event, said otherwise
    expect(await rejectedAs('twice')).toMatchObject([
      { kind: 'count', line_code: 'L1', service: 'production', reason: expect.stringMatching(/another body/) },
    ]);
    expect(await counted()).toBe(before + 10);
  });

  test('an id is unique in a tenant, across kinds and lines', async () => {
    await production.publish('L1', 'count', { id: 'shared', at: at('08:00'), good: 1 });
    await production.publish('L1', 'scrap', { id: 'shared', at: at('08:00'), quantity: 1 });
    await production.publish('L7', 'count', { id: 'shared', at: at('08:00'), good: 1 });
    expect((await rejectedAs('shared')).map(({ kind, line_code }) => `${line_code} ${kind}`).sort()).toEqual([
      'L1 scrap',
      'L7 count',
    ]);
  });

  test('a rejected event can be sent again under its id after correction', async () => {
    await production.publish('L1', 'batch.started', {
      id: 'start-of-B1',
      batch_number: 'B1',
      at: at('06:00'),
      operator: 'Ada',
    });
    await production.settled();
    expect(await batches('B1')).toEqual([{ status: 'running', operator: 'Ada' }]);
    await production.publish('L1', 'batch.completed', { id: 'end-of-B1', batch_number: 'B1', at: at('07:00') });
    await production.settled();
    expect(await batches('B1')).toMatchObject([{ status: 'completed' }]);
    await production.publish('L1', 'batch.paused', { id: 'pause-of-B1', batch_number: 'B1', at: at('07:30') });
    expect(await rejectedAs('pause-of-B1')).toMatchObject([{ reason: expect.stringMatching(/it cannot be paused$/) }]);
    await production.publish('L1', 'batch.paused', { id: 'pause-of-B1', batch_number: 'B1', at: at('06:30') });
    await production.settled();
    const { items } = await production.call(listBatches, { batch_number: 'B1' });
    expect(items).toMatchObject([{ runs: [{ from: at('06:00'), to: at('06:30') }] }]);
  });

  test('a second start of a running or completed batch is refused', async () => {
    await production.publish('L1', 'batch.started', { id: 'B1-again', batch_number: 'B1', at: at('08:00') });
    expect(await rejectedAs('B1-again')).toMatchObject([{ reason: expect.stringMatching(/B1 is completed/) }]);
  });

  test.each([
    ['no JSON', 'count', '{"id": ', null, /JSON/],
    ['an unknown field', 'count', { id: 'u1', at: at('08:00'), good: 1, colour: 'red' }, 'u1', /^colour/],
    ['an unknown kind', 'temperature', { id: 'u2', at: at('08:00') }, 'u2', /unknown kind/],
    ['another tenant', 'count', { id: 'u3', at: at('08:00'), good: 1, tenant_id: 'globex' }, 'u3', /^tenant_id/],
    ['NUL in its id', 'count', { id: 'u4\0', at: at('08:00'), good: -1 }, 'u4', /^good/],
    [
      'NUL in a field that is not one',
      'count',
      { id: 'u5', at: at('08:00'), good: 1, 'a\0b': 1 },
      'u5',
      /^ab: is not a field/,
    ],
    ['a broken character in its id', 'count', { id: 'u6\ud800', at: at('08:00'), good: 1 }, 'u6\ufffd', /^id/],
  ])(
    '%s: listed once though it arrived twice, and published to its sender',
    async (_what, kind, body, eventId, reason) => {
      await production.publish('L1', kind, body);
      await production.publish('L1', kind, body);
      const listed = await rejectedAs(eventId);
      expect(listed).toMatchObject([
        { line_code: 'L1', kind, reason: expect.stringMatching(reason), tenant_id: 'akron' },
      ]);
      const published = await waitFor('the rejection to be published', async () => {
        const { rows } = await production.rows.query<{ subject: string; payload: string; stream: string | null }>(
          'select subject, payload, stream from outbox where event_id = $1 and published_at is not null',
          [listed[0]?.id],
        );
        return rows[0];
      });
      expect(published).toMatchObject({ subject: 'plantops.rejected.akron.L1', stream: 'REJECTED' });
      expect(JSON.parse(published.payload)).toMatchObject({ event_id: eventId, kind, reason: listed[0]?.reason });
    },
  );

  // Published under such a name, the rejection itself would be refused for ever: as a wildcard, or by a subject that is
  // too long with its reply.
  test.each(['*', '>', 'Ü', 'x'.repeat(4000)])(
    'a line code that is none (%#) is listed and holds nothing up',
    async (line) => {
      const [wrong, next] = [`no-code-${line.slice(0, 3)}`, `after-${line.slice(0, 3)}`];
      await production.publish(line, 'count', { id: wrong, at: at('08:00'), good: 1 });
      await production.publish('L1', 'count', { id: next, at: at('08:00'), good: 1, colour: 1 });
      expect(await rejectedAs(next)).toHaveLength(1);
      const [listed] = await rejectedAs(wrong);
      expect(listed).toMatchObject({ line_code: line, reason: expect.stringMatching(/line code/) });
      const { rows } = await production.rows.query<{ subject: string }>(
        'select subject from outbox where event_id = $1',
        [listed?.id],
      );
      expect(rows).toEqual([{ subject: 'plantops.rejected.akron._' }]);
    },
  );

  test('kinds that another service applies are left to it', async () => {
    await production.publish('L1', 'state', { id: 'not-ours', at: 'noon' });
    expect(await rejectedAs('not-ours')).toEqual([]);
  });

  test('how often and when it came is counted; filters find it', async () => {
    const body = { id: 'often', at: at('08:00'), good: -1 };
    for (let n = 0; n < 3; n += 1) await production.publish('L1', 'count', body);
    const [listed] = await rejectedAs('often');
    expect(listed?.times).toBe(3);
    const { rejected_at: first = '', last_rejected_at: last = '' } = listed ?? {};
    expect(last >= first).toBe(true);
    const found = async (filters: object) =>
      (await production.call(rejectionsOf('production'), filters)).items.map(({ event_id }) => event_id);
    expect(await found({ event_id: 'often', kind: 'count', line_code: 'L1', from: first })).toEqual(['often']);
    for (const others of [{ kind: 'scrap' }, { line_code: 'L2' }, { from: '2099-01-01T00:00:00Z' }])
      expect(await found({ event_id: 'often', ...others })).toEqual([]);
  });

  test('only an engineer reads them, and only those of the own tenant', async () => {
    await expect(production.call(rejectionsOf('production'), {}, { role: 'operator' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(await production.call(rejectionsOf('production'), {}, { tenant: 'globex' })).toMatchObject({
      items: [],
      total: 0,
    });
  });
});
