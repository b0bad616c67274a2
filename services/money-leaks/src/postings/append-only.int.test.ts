import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  downtimeEnded,
  getByCategory,
  getByReason,
  getLineOee,
  getLossFigures,
  getMoneyLeak,
  getMoneyLeakOverview,
  getOee,
  listMoneyLeaks,
  recordMoneyLeak,
  type LineRow,
} from '@plantops/contracts';
import { aStop, at, rowId } from '@plantops/testing';
import { Ledger } from '../ledger-fixture.ts';

let ledger: Ledger;
let line: LineRow;
beforeAll(async () => {
  ledger = await Ledger.start();
  line = await ledger.line();
  await ledger.service.announce(downtimeEnded, aStop({ id: ledger.nextId(), line_id: line.id }));
  await ledger.service.settled();
});
afterAll(() => ledger.close());

describe('the ledger only grows', () => {
  test.each([
    ['update', 'update money_leak set amount = 0'],
    ['update that hits no row', 'update money_leak set amount = 0 where false'],
    ['delete', 'delete from money_leak'],
    ['truncate', 'truncate money_leak'],
  ])('%s is refused, to the owner of the table as well', async (_what, statement) => {
    await expect(ledger.service.rows.query(statement)).rejects.toThrow(/only grows/);
    expect(await ledger.rows(line.id)).toMatchObject([{ amount_usd: 100 }]);
  });

  test('a row is reversed once', async () => {
    const [row] = await ledger.rows(line.id);
    const client = await ledger.service.rows.connect();
    const reverse = (id: string) =>
      client.query(
        `insert into money_leak
         select $1::uuid as id, tenant_id, line_id, plant_id, batch_id, product_id, category, -amount, quantity, unit_cost,
           -time_ms, hourly_cost, occurred_from, occurred_to, business_date, is_avoidable, description, source_type,
           source_id, $1::uuid, rule, rule_version, id, recorded_at, created_by
         from money_leak
         where id = $2`,
        [id, row?.id],
      );
    await client.query('begin');
    await reverse(ledger.nextId());
    await expect(reverse(ledger.nextId())).rejects.toThrow(/money_leak_reverses/);
    // Written past the service, so the kept sums do not hold it: it must not stay.
    await client.query('rollback');
    client.release();
  });

  test('one event posts once for a source under a rule, also if the inbox does not know it', async () => {
    const [row] = await ledger.rows(line.id);
    const again = `
      insert into money_leak
      select $1::uuid as id, tenant_id, line_id, plant_id, batch_id, product_id, category, amount, quantity, unit_cost,
        time_ms, hourly_cost, occurred_from, occurred_to, business_date, is_avoidable, description, source_type,
        source_id, cause_event_id, rule, rule_version, reverses_id, recorded_at, created_by
      from money_leak
      where id = $2`;
    await expect(ledger.service.rows.query(again, [ledger.nextId(), row?.id])).rejects.toThrow(/unique/);
  });
});

describe('a loss recorded by hand', () => {
  const record = (fields: object) =>
    ledger.service.call(recordMoneyLeak, {
      line_id: line.id,
      category: 'quality_loss',
      occurred_from: at('10:00'),
      ...fields,
    });

  test.each([
    [{ quantity: 3, unit_cost: 1.25 }, 3.75],
    [{ time_minutes: 20, hourly_cost: 450 }, 150],
    [{ quantity: 3, unit_cost: 1.25, time_minutes: 20, hourly_cost: 450 }, 153.75],
    [{ quantity: 0.1, unit_cost: 0.2 }, 0.02],
    [{ time_minutes: 1, hourly_cost: 0.0099 }, 0.0002],
  ])('%p is worth %d', async (legs, amount_usd) => {
    const leak = await record(legs);
    expect(leak).toMatchObject({
      amount_usd,
      ...legs,
      source_type: 'manual',
      rule: 'manual',
      created_by: 'admin@akron',
      occurred_to: at('10:00'),
    });
    expect(await ledger.service.call(getMoneyLeak, { id: leak.id })).toEqual(leak);
  });

  test.each([
    [{}, 'quantity'],
    [{ quantity: 3 }, 'unit_cost'],
    [{ unit_cost: 3 }, 'quantity'],
    [{ time_minutes: 3 }, 'hourly_cost'],
    [{ quantity: 1, unit_cost: 1, hourly_cost: 3 }, 'time_minutes'],
    [{ quantity: 1, unit_cost: 1, occurred_to: at('09:59') }, 'occurred_to'],
    [{ quantity: -1, unit_cost: 1 }, 'quantity'],
    [{ quantity: 1, unit_cost: 1, line_id: rowId(999_999) }, 'line_id'],
    [{ quantity: 1, unit_cost: 1, batch_id: rowId(999_999) }, 'batch_id'],
  ])('%p is refused at %s', async (fields, path) => {
    await expect(record(fields)).rejects.toMatchObject({
      code: 'invalid',
      errors: expect.arrayContaining([expect.objectContaining({ path })]),
    });
  });

  test('by an engineer at least', async () => {
    const attempt = ledger.service.call(
      recordMoneyLeak,
      { line_id: line.id, category: 'quality_loss', quantity: 1, unit_cost: 1 },
      { role: 'operator' },
    );
    await expect(attempt).rejects.toMatchObject({ code: 'forbidden' });
  });
});

test('another tenant sees nothing of all this', async () => {
  const who = { tenant: 'globex' };
  const { service } = ledger;
  const [row] = await ledger.rows(line.id);
  const window = { from: at('00:00'), to: at('23:00') };
  await expect(service.call(getMoneyLeak, { id: row?.id ?? '' }, who)).rejects.toMatchObject({ code: 'not_found' });
  await expect(service.call(getLineOee, { id: line.id }, who)).rejects.toMatchObject({ code: 'not_found' });
  expect(await service.call(listMoneyLeaks, {}, who)).toMatchObject({ items: [], total: 0 });
  expect(await service.call(getByCategory, window, who)).toEqual({ items: [] });
  expect(await service.call(getByReason, window, who)).toEqual({ items: [] });
  expect(await service.call(getMoneyLeakOverview, window, who)).toMatchObject({
    total_amount_usd: 0,
    by_category: [],
    top_lines: [],
  });
  expect(await service.call(getOee, window, who)).toMatchObject({
    items: [],
    total: { oee: null, terms: { pbt_minutes: 0 } },
  });
  expect(await service.call(getLossFigures, {}, who)).toMatchObject({ average_oee: null, total_amount_usd: 0 });
});
