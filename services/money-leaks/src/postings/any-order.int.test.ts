import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  batchCompleted,
  batchStarted,
  countLogged,
  downtimeAmended,
  downtimeEnded,
  downtimeStarted,
  downtimeVoided,
  lineCreated,
  lineUpdated,
  plantCreated,
  productCreated,
  scrapLogged,
  scrapVoided,
  stateChanged,
} from '@plantops/contracts';
import { aBatch, aCount, aProduct, aScrap, aStateReport, aStop, at, twiceShuffled } from '@plantops/testing';
import { Ledger } from '../ledger-fixture.ts';

let ledger: Ledger;
beforeAll(async () => {
  ledger = await Ledger.start();
});
afterAll(() => ledger.close());

/**
 * Two days of a line in the words of its neighbours: prices that change, stops that overlap, move and go, batches,
 * units, scrap.
 */
const tapeOf = () => {
  const { line, plant } = ledger.unannounced({}, { timezone: 'America/New_York' });
  const product = aProduct({
    id: ledger.nextId(),
    code: `P-${line.code}`,
    unit_cost: 4,
    salvage_value: 0.5,
    cost_basis: 'material',
  });
  const dearer = {
    ...line,
    version: 2,
    versions: [
      ...line.versions,
      { valid_from: at('14:00'), hourly_cost: 450, ideal_cycle_seconds: 28, micro_stop_seconds: 240 },
    ],
  };
  const stop = (from: string, to: string | null, fields = {}) =>
    aStop({
      id: ledger.nextId(),
      line_id: line.id,
      start_time: at(from),
      end_time: to === null ? null : at(to),
      ...fields,
    });
  const batch = aBatch({ id: ledger.nextId(), line_id: line.id, product_id: product.id, started_at: at('12:00') });
  const second = aBatch({
    id: ledger.nextId(),
    batch_number: 'B2',
    line_id: line.id,
    product_id: product.id,
    started_at: at('20:30'),
  });
  const of = { line_id: line.id, batch_id: batch.id, product_id: product.id };
  const open = stop('15:00', null);
  const moved = stop('17:00', '17:20');
  const wrong = stop('12:30', '13:30', { reason_category: 'electrical' });
  const late = aScrap({ ...of, id: ledger.nextId(), at: at('2026-03-03T11:00:00Z'), quantity: 4 });
  const lost = aScrap({ ...of, id: ledger.nextId(), at: at('13:00'), quantity: 9 });
  const { announce } = ledger.service;
  const say: typeof announce = (event, data, tenant, id) => announce.call(ledger.service, event, data, tenant, id);
  /** Announced twice under one event id, as by a stream that delivers at least once. */
  const events = [
    (id: string) => say(plantCreated, plant, 'akron', id),
    (id: string) => say(lineCreated, line, 'akron', id),
    (id: string) => say(lineUpdated, dearer, 'akron', id),
    (id: string) => say(productCreated, product, 'akron', id),
    (id: string) =>
      say(stateChanged, aStateReport({ id: ledger.nextId(), line_id: line.id, at: at('11:00') }), 'akron', id),
    (id: string) => say(batchStarted, batch, 'akron', id),
    (id: string) =>
      say(
        batchCompleted,
        {
          ...batch,
          version: 2,
          status: 'completed',
          completed_at: at('20:00'),
          good_count: 700,
          scrap_count: 30,
          material_input: 760,
        },
        'akron',
        id,
      ),
    (id: string) => say(batchStarted, second, 'akron', id),
    (id: string) =>
      say(
        batchCompleted,
        { ...second, version: 2, status: 'completed', completed_at: at('2026-03-03T09:00:00Z') },
        'akron',
        id,
      ),
    (id: string) =>
      say(countLogged, aCount({ ...of, id: ledger.nextId(), at: at('13:50'), good: 200, reject: 5 }), 'akron', id),
    (id: string) => say(countLogged, aCount({ ...of, id: ledger.nextId(), at: at('20:10'), good: 300 }), 'akron', id),
    (id: string) =>
      say(
        countLogged,
        aCount({
          ...of,
          id: ledger.nextId(),
          batch_id: null,
          batch_number: 'B2',
          at: at('23:00'),
          good: 250,
          reject: 6,
        }),
        'akron',
        id,
      ),
    (id: string) => say(downtimeEnded, stop('12:00', '12:20', { reason_category: 'changeover' }), 'akron', id),
    (id: string) => say(downtimeEnded, wrong, 'akron', id),
    (id: string) => say(downtimeVoided, { ...wrong, version: 2, voided_at: at('18:00') }, 'akron', id),
    (id: string) =>
      say(downtimeEnded, stop('12:50', '13:10', { is_planned: true, reason_category: 'break' }), 'akron', id),
    (id: string) => say(downtimeEnded, stop('13:05', '14:10'), 'akron', id),
    (id: string) => say(downtimeEnded, stop('14:30', '14:33'), 'akron', id),
    (id: string) => say(downtimeStarted, open, 'akron', id),
    (id: string) => say(downtimeEnded, { ...open, version: 2, status: 'ended', end_time: at('15:25') }, 'akron', id),
    (id: string) => say(downtimeEnded, moved, 'akron', id),
    (id: string) =>
      say(
        downtimeAmended,
        { ...moved, version: 2, start_time: at('21:00'), end_time: at('2026-03-03T06:00:00Z') },
        'akron',
        id,
      ),
    (id: string) => say(scrapLogged, aScrap({ ...of, id: ledger.nextId(), at: at('13:40'), quantity: 3 }), 'akron', id),
    (id: string) => say(scrapLogged, late, 'akron', id),
    (id: string) => say(scrapLogged, lost, 'akron', id),
    (id: string) => say(scrapVoided, { ...lost, version: 2, voided_at: at('19:00') }, 'akron', id),
  ].map((announceWith) => {
    const id = ledger.nextId();
    return () => announceWith(id);
  });
  return { line, events };
};

/** The net ledger of a line without the ids, which differ in each run. */
const netOf = async (line_id: string) => {
  const rows = (await ledger.net(line_id)).map(
    ({
      category,
      rule,
      amount_usd,
      quantity,
      unit_cost,
      time_minutes,
      hourly_cost,
      occurred_from,
      occurred_to,
      business_date,
    }) =>
      JSON.stringify([
        category,
        rule,
        amount_usd,
        quantity,
        unit_cost,
        time_minutes,
        hourly_cost,
        occurred_from,
        occurred_to,
        business_date,
      ]),
  );
  return rows.sort();
};
const hash = (rows: readonly string[]) => createHash('sha256').update(rows.join('\n')).digest('hex');

describe('the same facts in any order, each twice', () => {
  let expected: string[];
  beforeAll(async () => {
    const { line, events } = tapeOf();
    for (const announce of events) {
      await announce();
      await ledger.service.settled();
    }
    expected = await netOf(line.id);
  });

  test('in their own order they post something of every kind', () => {
    const rules = new Set(expected.map((row) => (JSON.parse(row) as string[])[1]));
    expect([...rules].sort()).toEqual(
      expect.arrayContaining([
        'changeover',
        'micro_stop',
        'scrap',
        'slow_cycle',
        'stop',
        'unexplained_reject',
        'yield',
      ]),
    );
  });

  test.each([1, 2, 3, 4, 5])('shuffle %d gives the same net ledger', async (seed) => {
    const { line, events } = tapeOf();
    for (const [index, announce] of twiceShuffled(events, seed).entries()) {
      await announce();
      // Now and then wait until all is applied, so that later facts correct rows and do not only arrive in one chunk.
      if (index % 6 === seed) await ledger.service.settled();
    }
    const net = await netOf(line.id);
    expect(net).toEqual(expected);
    expect(hash(net)).toBe(hash(expected));
  });
});

test('scrap of a batch that runs on over midnight stays where its own day puts it, when a stop of the day before is reported late', async () => {
  const { line, plant } = ledger.unannounced({}, { timezone: 'UTC' });
  const product = aProduct({ id: ledger.nextId(), code: `P-${line.code}`, unit_cost: 4 });
  const batch = aBatch({
    id: ledger.nextId(),
    line_id: line.id,
    product_id: product.id,
    started_at: '2026-03-02T12:00:00.000Z',
  });
  const stop = (day: string) =>
    aStop({
      id: ledger.nextId(),
      line_id: line.id,
      start_time: `2026-03-${day}T13:00:00.000Z`,
      end_time: `2026-03-${day}T13:30:00.000Z`,
      is_planned: true,
      reason_category: 'break',
    });
  const scrap = aScrap({
    id: ledger.nextId(),
    line_id: line.id,
    batch_id: batch.id,
    product_id: product.id,
    at: '2026-03-03T13:20:00.000Z',
  });
  await ledger.service.announce(plantCreated, plant);
  await ledger.service.announce(lineCreated, line);
  await ledger.service.announce(productCreated, product);
  await ledger.service.announce(batchStarted, batch);
  await ledger.service.announce(downtimeEnded, stop('03'));
  await ledger.service.settled();
  await ledger.service.announce(scrapLogged, scrap);
  const ofScrap = async () => (await ledger.net(line.id)).filter(({ source_id }) => source_id === scrap.id);
  const before = await ofScrap();
  // Planned time is not busy: the units were made before it.
  expect(before).toMatchObject([{ occurred_from: '2026-03-03T12:59:59.999Z' }]);
  await ledger.service.announce(downtimeEnded, stop('02'));
  expect(await ofScrap()).toEqual(before);
});

test('a batch that begins at midnight keeps its rows, when what ends there is reported late', async () => {
  const { line, plant } = ledger.unannounced({}, { timezone: 'UTC' });
  const product = aProduct({ id: ledger.nextId(), code: `P-${line.code}`, unit_cost: 4 });
  const of = { line_id: line.id, product_id: product.id };
  const [eve, day] = ['2026-03-02', '2026-03-03'];
  const over = { version: 2, status: 'completed', good_count: 100, scrap_count: 0 } as const;
  const batch = aBatch({
    ...of,
    id: ledger.nextId(),
    started_at: `${day}T00:00:00.000Z`,
    completed_at: `${day}T08:00:00.000Z`,
    ...over,
  });
  const earlier = aBatch({ ...of, id: ledger.nextId(), batch_number: 'B0', started_at: `${eve}T16:00:00.000Z` });
  const stop = (from: string, to: string) =>
    aStop({ id: ledger.nextId(), line_id: line.id, start_time: `${from}:00.000Z`, end_time: `${to}:00.000Z` });
  await ledger.service.announce(plantCreated, plant);
  await ledger.service.announce(lineCreated, line);
  await ledger.service.announce(productCreated, product);
  await ledger.service.announce(downtimeEnded, stop(`${day}T02:00`, `${day}T03:00`));
  await ledger.service.announce(downtimeEnded, stop(`${day}T00:00`, `${day}T00:40`));
  await ledger.service.announce(batchCompleted, batch);
  const ofDay = async () => (await ledger.net(line.id)).filter(({ occurred_from }) => occurred_from >= day);
  const before = await ofDay();
  expect(before.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['stop', 'slow_cycle']));
  await ledger.service.announce(downtimeEnded, stop(`${eve}T23:30`, `${day}T00:00`));
  expect(await ofDay()).toEqual(before);
  await ledger.service.announce(batchCompleted, { ...earlier, completed_at: `${day}T00:00:00.000Z`, ...over });
  expect(await ofDay()).toEqual(before);
});
