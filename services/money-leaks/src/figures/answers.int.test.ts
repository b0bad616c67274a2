import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  batchCompleted,
  batchStarted,
  countLogged,
  downtimeEnded,
  downtimeStarted,
  getByCategory,
  getByReason,
  getLineOee,
  getLossFigures,
  getMoneyLeakOverview,
  getOee,
  scrapLogged,
  type BatchRow,
  type LineRow,
} from '@plantops/contracts';
import { aBatch, aCount, aScrap, aStop, at } from '@plantops/testing';
import { Ledger } from '../ledger-fixture.ts';

let ledger: Ledger;
beforeAll(async () => {
  ledger = await Ledger.start();
});
afterAll(() => ledger.close());

const percent = (value: number | null) => (value === null ? null : Number((value * 100).toFixed(2)));
const oeeIn = async (line: LineRow, from: string, to: string) => {
  const { availability, performance, quality, oee, terms } = await ledger.service.call(getLineOee, {
    id: line.id,
    from: at(from),
    to: at(to),
  });
  return { kpis: [availability, performance, quality, oee].map(percent), terms };
};
const over = (batch: BatchRow, fields: Partial<BatchRow>): BatchRow => ({
  ...batch,
  version: 2,
  status: 'completed',
  ...fields,
});

describe('the worked case "Open, then closed"', () => {
  let line: LineRow;
  let whileOpen: Record<string, number>;
  beforeAll(async () => {
    line = await ledger.line({ hourly_cost: 300, ideal_cycle_seconds: 30 });
    const product = await ledger.product({ unit_cost: 1 });
    const { service } = ledger;
    const of = { line_id: line.id, product_id: product.id };
    const batch = aBatch({ ...of, id: ledger.nextId() });
    const open = aStop({ id: ledger.nextId(), line_id: line.id, start_time: at('10:50'), end_time: null });
    await service.announce(batchStarted, batch);
    await service.announce(downtimeEnded, aStop({ id: ledger.nextId(), line_id: line.id, reason_code: 'belt' }));
    await service.announce(downtimeStarted, open);
    await service.announce(
      countLogged,
      aCount({ ...of, id: ledger.nextId(), batch_id: batch.id, at: at('10:45'), good: 480, reject: 12 }),
    );
    await service.announce(scrapLogged, aScrap({ ...of, id: ledger.nextId(), batch_id: batch.id, at: at('10:46') }));
    await service.settled();
    whileOpen = await ledger.totals(line.id);
    await service.announce(downtimeEnded, { ...open, version: 2, status: 'ended', end_time: at('11:05') });
    await service.announce(
      batchCompleted,
      over(batch, { completed_at: at('14:00'), good_count: 790, scrap_count: 20 }),
    );
    await service.settled();
  });

  test('posts 175.00, 200.00 and 20.00; before that, what had ended and what was logged', async () => {
    expect(whileOpen).toEqual({ downtime_loss: 100, scrap_loss: 8 });
    expect(await ledger.totals(line.id)).toEqual({ downtime_loss: 175, speed_loss: 200, scrap_loss: 20 });
  });

  test('gives 92.71, 91.01, 97.53 and 82.29 %', async () => {
    const { kpis, terms } = await oeeIn(line, '06:00', '14:00');
    expect(kpis).toEqual([92.71, 91.01, 97.53, 82.29]);
    expect(terms).toMatchObject({
      pbt_minutes: 480,
      apt_minutes: 445,
      unplanned_stop_minutes: 35,
      total_count: 810,
      good_count: 790,
    });
  });

  test('by category: largest first, the shares add up to exactly 100', async () => {
    const { items } = await ledger.service.call(getByCategory, {
      line_id: line.id,
      from: at('06:00'),
      to: at('14:00'),
    });
    expect(items).toEqual([
      { category: 'speed_loss', total: 200, count: 1, percentage: 50.63, avoidable_total: 200 },
      { category: 'downtime_loss', total: 175, count: 2, percentage: 44.31, avoidable_total: 175 },
      { category: 'scrap_loss', total: 20, count: 2, percentage: 5.06, avoidable_total: 20 },
    ]);
  });

  test('by reason: minutes are clipped to the window, a stop counts where it starts', async () => {
    const byReason = async (from: string, to: string) =>
      (await ledger.service.call(getByReason, { line_id: line.id, from: at(from), to: at(to) })).items.map((item) => [
        item.reason_code,
        item.minutes,
        item.count,
        item.cost_usd,
      ]);
    expect(await byReason('06:00', '14:00')).toEqual([
      ['belt', 20, 1, 100],
      [null, 15, 1, 75],
    ]);
    expect(await byReason('08:05', '11:00')).toEqual([
      ['belt', 15, 0, 0],
      [null, 10, 1, 75],
    ]);
    expect(await byReason('12:00', '13:00')).toEqual([]);
  });

  test('by reason ranks by what is asked, and its running shares end at 100', async () => {
    const ranked = async (rank_by: 'minutes' | 'count' | 'cost_usd') =>
      (
        await ledger.service.call(getByReason, { line_id: line.id, from: at('06:00'), to: at('14:00'), rank_by })
      ).items.map((item) => [item.reason_code, item.percentage, item.cumulative_percentage]);
    const byTime = [
      ['belt', 57.14, 57.14],
      [null, 42.86, 100],
    ];
    expect([await ranked('minutes'), await ranked('cost_usd')]).toEqual([byTime, byTime]);
    expect((await ranked('count')).map(([, ...of]) => of)).toEqual([
      [50, 50],
      [50, 100],
    ]);
  });

  test('the overview compares the period with the one before', async () => {
    const overview = await ledger.service.call(getMoneyLeakOverview, {
      line_id: line.id,
      from: at('09:00'),
      to: at('11:00'),
    });
    expect(overview).toMatchObject({
      period_start: at('09:00'),
      period_end: at('11:00'),
      total_amount_usd: 83,
      previous_total_amount_usd: 100,
      by_day: [{ business_date: '2026-03-02', total: 83 }],
      top_lines: [{ line_id: line.id, line_name: line.name, total: 83, percentage: 100 }],
      avoidable_total: 83,
    });
  });

  test('the figures of the overview are the same numbers', async () => {
    const figures = await ledger.service.call(getLossFigures, { line_id: line.id, from: at('06:00'), to: at('14:00') });
    expect(figures).toMatchObject({
      average_oee: 82.29,
      total_downtime_minutes_today: 0,
      total_scrap_cost_today: 0,
      total_amount_usd: 395,
    });
    expect(figures.by_category.map(({ percentage }) => percentage)).toEqual([51, 44, 5]);
  });

  test('a window that ends before it begins is refused', async () => {
    const asked = ledger.service.call(getByCategory, { from: at('10:00'), to: at('10:00') });
    await expect(asked).rejects.toMatchObject({ code: 'invalid', errors: [{ path: 'from' }] });
  });
});

describe('the worked case "Merge"', () => {
  let line: LineRow;
  beforeAll(async () => {
    line = await ledger.line({ hourly_cost: 60, ideal_cycle_seconds: 6 });
    const product = await ledger.product({ unit_cost: 2 });
    const { service } = ledger;
    const batch = aBatch({ id: ledger.nextId(), line_id: line.id, product_id: product.id, started_at: at('08:00') });
    const of = { line_id: line.id, product_id: product.id, batch_id: batch.id };
    await service.announce(batchStarted, batch);
    await service.announce(
      downtimeEnded,
      aStop({
        id: ledger.nextId(),
        line_id: line.id,
        start_time: at('08:40'),
        end_time: at('09:00'),
        reason_category: 'no_material',
      }),
    );
    for (const [time, good, reject] of [
      ['08:30', 200, 0],
      ['09:00', 250, 10],
      ['10:00', 240, 0],
    ] as const)
      await service.announce(countLogged, aCount({ ...of, id: ledger.nextId(), at: at(time), good, reject }));
    await service.announce(
      batchCompleted,
      over(batch, { completed_at: at('10:00'), good_count: 720, scrap_count: 10 }),
    );
    await service.settled();
  });

  test('posts 20.00, 27.00 and 20.00', async () => {
    expect(await ledger.totals(line.id)).toEqual({ downtime_loss: 20, speed_loss: 27, scrap_loss: 20 });
  });

  test('the hours are 35.33 and 84.67 %, together 60.00 %', async () => {
    const hours = [
      await oeeIn(line, '08:00', '09:00'),
      await oeeIn(line, '09:00', '10:00'),
      await oeeIn(line, '08:00', '10:00'),
    ];
    expect(hours.map(({ kpis }) => kpis[3])).toEqual([35.33, 84.67, 60]);
    expect(hours.map(({ kpis }) => kpis[1])).toEqual([53, 86.33, 73]);
    const sum = (name: 'good_count' | 'pbt_minutes' | 'ideal_minutes_total') =>
      hours.map(({ terms }) => Number(terms[name].toFixed(4)));
    expect([sum('good_count'), sum('pbt_minutes')]).toEqual([
      [212, 508, 720],
      [60, 60, 120],
    ]);
  });

  test('grouped, the terms of the groups add up to those of the whole', async () => {
    const window = { plant_id: line.plant_id, from: at('06:00'), to: at('12:00') };
    for (const group_by of ['line', 'product', 'day'] as const) {
      const { items, total } = await ledger.service.call(getOee, { ...window, group_by });
      expect(items.reduce((minutes, { terms }) => minutes + terms.pbt_minutes, 0)).toBeCloseTo(
        total.terms.pbt_minutes,
        6,
      );
      expect(total.terms.good_count).toBe(720);
    }
  });

  test('a line that does not exist is not found; one without a minute has no figures, not 0', async () => {
    await expect(ledger.service.call(getLineOee, { id: ledger.nextId() })).rejects.toMatchObject({ code: 'not_found' });
    const idle = await ledger.line();
    const { kpis } = await oeeIn(idle, '08:00', '10:00');
    expect(kpis).toEqual([null, null, null, null]);
  });
});
