import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  batchCompleted,
  countLogged,
  downtimeAmended,
  downtimeEnded,
  explainMoneyLeak,
  getByCategory,
  getMoneyLeak,
  getMoneyLeakOverview,
  listMoneyLeaks,
  recordMoneyLeak,
  scrapLogged,
  setAction,
  type LineRow,
} from '@plantops/contracts';
import { aBatch, aCount, aScrap, aStop, at } from '@plantops/testing';
import { Ledger } from '../ledger-fixture.ts';

let ledger: Ledger;
beforeAll(async () => {
  ledger = await Ledger.start();
});
afterAll(() => ledger.close());

const day = { from: at('00:00'), to: at('2026-03-03T00:00:00Z') };
const avoidable = async (line: LineRow) =>
  (await ledger.service.call(getMoneyLeakOverview, { line_id: line.id, ...day })).avoidable_total;
const act = (id: string, fields: object, expectedVersion?: number) =>
  ledger.service.call(setAction, { id, ...fields }, expectedVersion === undefined ? {} : { expectedVersion });

describe('every posting explains itself', () => {
  test('with its cause, its inputs and the same amount again: stops, scrap, slow cells, yield, reversals', async () => {
    const line = await ledger.line({ hourly_cost: 333.3333, ideal_cycle_seconds: 30 });
    const product = await ledger.product({ unit_cost: 1.2345, cost_basis: 'material' });
    const of = { line_id: line.id, product_id: product.id };
    const batch = aBatch({
      ...of,
      id: ledger.nextId(),
      started_at: at('2026-03-01T20:00:00Z'),
      completed_at: at('14:00'),
      version: 2,
      good_count: 1500,
      scrap_count: 7,
      material_input: 1510,
    });
    const stop = aStop({ id: ledger.nextId(), line_id: line.id });
    await ledger.service.announce(batchCompleted, batch);
    await ledger.service.announce(
      countLogged,
      aCount({ ...of, id: ledger.nextId(), batch_id: batch.id, at: at('09:00'), good: 700 }),
    );
    await ledger.service.announce(scrapLogged, aScrap({ ...of, id: ledger.nextId(), batch_id: batch.id, quantity: 3 }));
    const cause_event_id = await ledger.service.announce(downtimeEnded, stop);
    await ledger.service.settled();
    await ledger.service.announce(downtimeAmended, { ...stop, version: 2, end_time: at('08:37') });
    const rows = await ledger.rows(line.id);
    expect(new Set(rows.map(({ rule }) => rule))).toEqual(
      new Set(['stop', 'slow_cycle', 'scrap', 'unexplained_reject', 'yield']),
    );
    expect(rows.some(({ reverses_id, rule }) => reverses_id !== null && rule === 'slow_cycle')).toBe(true);
    for (const row of rows) {
      const { is_same, recomputed_amount_usd, arithmetic, money_leak } = await ledger.service.call(explainMoneyLeak, {
        id: row.id,
      });
      expect([row.rule, arithmetic, is_same, Number(recomputed_amount_usd)]).toEqual([
        row.rule,
        arithmetic,
        true,
        row.amount_usd,
      ]);
      expect(money_leak).toEqual(row);
    }
    const first = rows.find(({ source_id }) => source_id === stop.id);
    expect(await ledger.service.call(explainMoneyLeak, { id: first?.id as string })).toMatchObject({
      cause: {
        event_id: cause_event_id,
        source_type: 'downtime',
        source_id: stop.id,
        source: { end_time: at('08:37') },
      },
      reversed_by: expect.any(String),
      inputs: { time_minutes: '20', hourly_cost: '333.3333' },
      arithmetic: '20 min ÷ 60 × 333.3333 = 111.1111',
    });
  });

  test('to its own tenant only', async () => {
    const line = await ledger.line();
    const { id } = await ledger.service.call(recordMoneyLeak, {
      line_id: line.id,
      category: 'yield_loss',
      quantity: 2,
      unit_cost: 1.5,
    });
    expect(await ledger.service.call(explainMoneyLeak, { id })).toMatchObject({
      arithmetic: '2 × 1.5 = 3.0000',
      cause: { source: null },
    });
    await expect(ledger.service.call(explainMoneyLeak, { id }, { tenant: 'globex' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('what people say of a posting', () => {
  test('is stored beside the ledger: the row stays, its answer and the avoidable total change', async () => {
    const line = await ledger.line();
    await ledger.service.announce(downtimeEnded, aStop({ id: ledger.nextId(), line_id: line.id }));
    const [leak] = await ledger.net(line.id);
    const id = leak?.id as string;
    expect(await avoidable(line)).toBe(100);
    expect(await act(id, { is_avoidable: false, action_taken: 'new belt ordered' })).toMatchObject({
      is_avoidable: false,
      action_taken: 'new belt ordered',
      version: 2,
      updated_by: 'admin@akron',
    });
    expect(await act(id, { action_taken: 'belt changed' })).toMatchObject({
      is_avoidable: false,
      action_taken: 'belt changed',
      version: 3,
    });
    await expect(act(id, { action_taken: null }, 2)).rejects.toMatchObject({ code: 'stale_version' });
    expect(await avoidable(line)).toBe(0);
    expect((await ledger.service.call(listMoneyLeaks, { line_id: line.id, is_avoidable: false })).total).toBe(1);
    const { rows } = await ledger.service.rows.query('select is_avoidable from money_leak where id = $1', [id]);
    expect(rows).toEqual([{ is_avoidable: true }]);
    await expect(ledger.service.call(setAction, { id }, { tenant: 'globex' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('is carried over to the posting that replaces it', async () => {
    const line = await ledger.line();
    const stop = aStop({ id: ledger.nextId(), line_id: line.id });
    await ledger.service.announce(downtimeEnded, stop);
    const [before] = await ledger.net(line.id);
    await act(before?.id as string, { is_avoidable: false, action_taken: 'trained' });
    await ledger.service.announce(downtimeAmended, { ...stop, version: 2, end_time: at('08:30') });
    const [after] = await ledger.net(line.id);
    expect(after).toMatchObject({ time_minutes: 30, is_avoidable: false, action_taken: 'trained' });
    expect(after?.id).not.toBe(before?.id);
    expect(await avoidable(line)).toBe(0);
  });
});

test('what people say of a posting that was reversed since leaves the totals alone', async () => {
  const line = await ledger.line();
  const stop = aStop({ id: ledger.nextId(), line_id: line.id });
  await ledger.service.announce(downtimeEnded, stop);
  const [before] = await ledger.net(line.id);
  await ledger.service.announce(downtimeAmended, { ...stop, version: 2, end_time: at('08:30') });
  await ledger.service.settled();
  expect(await avoidable(line)).toBe(150);
  await act(before?.id as string, { is_avoidable: false });
  expect(await avoidable(line)).toBe(150);
});

test('as of an instant the ledger answers what it answered then', async () => {
  const line = await ledger.line();
  const stop = aStop({ id: ledger.nextId(), line_id: line.id });
  await ledger.service.announce(downtimeEnded, stop);
  const [before] = await ledger.net(line.id);
  const as_of = before?.recorded_at as string;
  await ledger.service.announce(downtimeAmended, { ...stop, version: 2, end_time: at('08:30') });
  await ledger.net(line.id);
  const morning = { from: at('07:00'), to: at('12:00') };
  // A whole day is read from the kept sums, a part of a day from the rows.
  for (const window of [day, morning]) {
    const total = async (known: object) =>
      (await ledger.service.call(getByCategory, { line_id: line.id, ...window, ...known })).items[0]?.total;
    expect([await total({ as_of }), await total({})]).toEqual([100, 150]);
  }
  expect((await ledger.service.call(listMoneyLeaks, { line_id: line.id, as_of })).items).toMatchObject([
    { id: before?.id },
  ]);
  expect(await ledger.service.call(getMoneyLeak, { id: before?.id as string })).toMatchObject({ amount_usd: 100 });
});
