/** The worked cases, sent over NATS and REST to a running plant, and read through the gateway only. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { at, shuffled, waitFor } from '@plantops/fixtures';
import { becomes, only } from './worked-cases/becomes.ts';
import { daysThatClocksChange } from './worked-cases/calendar-cases.ts';
import type { CaseLine } from './worked-cases/case-line.ts';
import { CasePlant } from './worked-cases/case-plant.ts';
import { WaitingEvents } from './worked-cases/waiting-events.ts';
import { dayCases } from './worked-cases/day-cases.ts';
import { expectExplained } from './worked-cases/explained.ts';
import { BASE, dataOf } from './worked-cases/gateway.ts';
import { nightCase } from './worked-cases/night-case.ts';
import { shiftCases } from './worked-cases/shift-cases.ts';
import { busyCases } from './worked-cases/busy-cases.ts';
import { counterCases } from './worked-cases/counter-cases.ts';
import { unitsCases } from './worked-cases/units-cases.ts';
import { orderCases } from './worked-cases/order-cases.ts';
import { state, stateCases } from './worked-cases/state-cases.ts';
import { batch, stop, type LineEvent } from './worked-cases/line-events.ts';
import { DAY, during, expectCase, type WorkedCase } from './worked-cases/worked-case.ts';

const SEED = Number(process.env['PLANTOPS_CASES_SEED'] ?? Date.now() % 2 ** 31);
process.stderr.write(`worked cases: PLANTOPS_CASES_SEED=${SEED} selects the same postings again\n`);
const cases = [
  ...shiftCases,
  ...dayCases,
  ...daysThatClocksChange,
  nightCase,
  ...stateCases,
  ...busyCases,
  ...counterCases,
  ...unitsCases,
  ...orderCases,
];

let plant: CasePlant;
beforeAll(async () => {
  plant = await CasePlant.start();
}, 90_000);
afterAll(() => plant.close());

const lineOf = ({ code }: WorkedCase) => plant.lines.find(({ ids }) => ids.code === code) as CaseLine;

test.each(cases)('$title', async (of) => {
  const line = await plant.line(of.code, await plant.site(of.code, of.site), of.line, of.product);
  if (of.dearer !== undefined) await line.costs(of.dearer.hourly_cost, of.dearer.from);
  await line.report(of.tape);
  await expectCase(line, of);
});

test('Roll-up: lines and products add their terms and then divide: 65.0 %, not the mean 50.0', async () => {
  const plant_id = await plant.site('ROLL-UP');
  const x = await plant.line('X', plant_id, { ideal_cycle_seconds: 60 });
  const y = await plant.line('Y', plant_id, { ideal_cycle_seconds: 60 });
  await x.report(batch('X', '06:00', '14:00', { good_count: 360 }));
  await y.report(batch('Y', '06:00', '08:00', { good_count: 30 }));
  const rolledUp = async (group_by: 'line' | 'product' | 'month') => {
    const query = { plant_id, group_by, ...during('06:00', '14:00') };
    const { items, total } = await dataOf(plant.api.GET(`${BASE}/oee`, { params: { query } }));
    return [...items, { ...total, label: 'all' }].flatMap(({ label, oee, terms }) =>
      oee === null ? [] : [[label, oee, terms.pbt_minutes, terms.ideal_minutes_good]],
    );
  };
  const [of_x, of_y, all] = [
    ['X', 0.75, 480, 360],
    ['Y', 0.25, 120, 30],
    ['all', 0.65, 600, 390],
  ];
  await becomes(() => rolledUp('line'), [of_x, of_y, all]);
  await becomes(() => rolledUp('product'), [of_x, of_y, all]);
  await becomes(() => rolledUp('month'), [['2026-03', 0.65, 600, 390], all]);
});

test('Shares: 2,500 and 1,800 of 5,430.25 are 46 and 33 %, and all shares add up to 100', async () => {
  const line = await plant.line('SEED', await plant.site('SEED'), { ideal_cycle_seconds: 1 });
  const line_id = line.ids.id;
  const losses = { downtime_loss: 2500, scrap_loss: 1800, speed_loss: 1130.25 };
  for (const [category, unit_cost] of Object.entries(losses) as [keyof typeof losses, number][]) {
    const body = { line_id, category, quantity: 1, unit_cost, occurred_from: at('08:00'), occurred_to: at('09:00') };
    await dataOf(plant.api.POST(`${BASE}/money-leaks`, { body }));
  }
  await becomes(async () => {
    const { money_leaks } = await dataOf(plant.api.GET(`${BASE}/overview`, { params: { query: { line_id, ...DAY } } }));
    return [
      money_leaks.total_amount_usd,
      (money_leaks.by_category ?? []).map(({ category, percentage }) => [category, percentage]),
    ];
  }, [
    5430.25,
    [
      ['downtime_loss', 46],
      ['scrap_loss', 33],
      ['speed_loss', 21],
    ],
  ]);
});

test('a new price applies from now on and changes no byte of past rows; a correction of the past reverses rows and posts again', async () => {
  const line = await plant.line(
    'PRICED',
    await plant.site('PRICED'),
    { ideal_cycle_seconds: 60, hourly_cost: 300, micro_stop_seconds: 10 },
    { unit_cost: 2 },
  );
  await line.report([
    stop('08:00', '08:20', 'mechanical'),
    ...batch('P1', '06:00', '10:00', { good_count: 200, scrap_count: 10 }),
    stop('12:00', '12:30', 'changeover'),
    ...batch('P2', '12:30', '14:30', { good_count: 100 }),
  ]);
  await becomes(() => line.money(DAY), { downtime_loss: 100, changeover_loss: 150, speed_loss: 150, scrap_loss: 20 });
  const [before, asText, held] = [await line.rows(DAY), await line.rowsAsText(DAY), await line.net(DAY)];

  const { versions } = await line.costs(3600);
  const start_time = versions.at(-1)?.valid_from as string;
  const end_time = new Date(Date.parse(start_time) + 60_000).toISOString();
  const body = { line_id: line.ids.id, start_time, end_time, reason_category: 'mechanical' as const };
  await dataOf(plant.api.POST(`${BASE}/downtimes`, { body }));
  // A minute after the change costs 60 dollars: the price has arrived.
  await becomes(() => line.money({ from: start_time, to: end_time }), { downtime_loss: 60 });
  expect(await line.rowsAsText(DAY)).toBe(asText);

  await line.costs(240, at('11:00'));
  await becomes(() => line.money(DAY), { downtime_loss: 100, changeover_loss: 120, speed_loss: 130, scrap_loss: 20 });
  const after = await line.rows(DAY);
  expect(after.slice(0, before.length)).toEqual(before);
  const added = after.slice(before.length);
  const later = held.filter(({ occurred_from }) => occurred_from >= at('11:00'));
  expect(added.flatMap(({ reverses_id }) => reverses_id ?? []).sort()).toEqual(later.map(({ id }) => id).sort());
  expect(added.map(({ rule, amount_usd, hourly_cost }) => [rule, amount_usd, hourly_cost].join(' ')).sort()).toEqual([
    'changeover -150 300',
    'changeover 120 240',
    'slow_cycle -100 300',
    'slow_cycle 80 240',
  ]);
  const as_of = before.at(-1)?.recorded_at as string;
  expect(await line.money({ ...DAY, as_of })).toEqual({
    downtime_loss: 100,
    changeover_loss: 150,
    speed_loss: 150,
    scrap_loss: 20,
  });
});

test('Late reports: a stop keeps its id, the words of people and the acknowledgement; what is cut off it inherits its reason', async () => {
  const line = await plant.line('W3', await plant.site('W3', {}), { ideal_cycle_seconds: 60, hourly_cost: 120 });
  const stops = async () => {
    const query = { line_id: line.ids.id, sort: 'start_time' as const };
    const { items } = await dataOf(plant.api.GET(`${BASE}/downtimes`, { params: { query } }));
    return items.filter(({ voided_at }) => voided_at === null);
  };
  const shown = async () =>
    (await stops()).map(({ id, start_time, end_time, reason_category, reason_source, cost_impact }) => [
      id,
      start_time.slice(11, 19),
      end_time?.slice(11, 19),
      reason_category,
      reason_source,
      cost_impact,
    ]);
  await line.report([state('05:00', 'running'), state('09:00:10', 'stopped'), state('09:20:10', 'running')]);
  await becomes(async () => (await stops()).length, 1);
  const id = (await stops())[0]?.id as string;
  const path = { id };
  await dataOf(plant.api.PUT(`${BASE}/downtimes/{id}`, { params: { path }, body: { reason_category: 'electrical' } }));
  const body = { acknowledged_at: at('09:02:10') };
  await dataOf(plant.api.PUT(`${BASE}/downtimes/{id}/acknowledge`, { params: { path }, body }));
  await line.report([state('09:00', 'stopped')]);
  await becomes(shown, [[id, '09:00:00', '09:20:10', 'electrical', null, 40.3333]]);
  await becomes(async () => only(await line.reliability(DAY), { failures: 0, mtta_minutes: 0 }), {
    failures: 1,
    mtta_minutes: 2.166667,
  });
  await line.report([state('09:08', 'running'), state('09:10', 'stopped')]);
  await becomes(
    async () => (await shown()).map(([row, ...rest]) => [row === id, ...rest]),
    [
      [true, '09:00:00', '09:08:00', 'electrical', null, 16],
      [false, '09:10:00', '09:20:10', 'electrical', 'inherited', 20.3333],
    ],
  );
  await becomes(async () => (await line.reliability(DAY)).failures, 2);
});

test("a person's start over a running batch is 409 and names it, unless it interrupts; pausing and resuming move its time", async () => {
  const line = await plant.line('PEOPLE', await plant.site('PEOPLE'), { ideal_cycle_seconds: 60, hourly_cost: 120 });
  const planned = async (batch_number: string) =>
    (await dataOf(plant.api.POST(`${BASE}/batches`, { body: { batch_number, line_id: line.ids.id } }))).id;
  const path = async (id: Promise<string> | string) => ({ path: { id: await id } });
  const a = await path(planned('A'));
  await dataOf(plant.api.PUT(`${BASE}/batches/{id}/start`, { params: a, body: { started_at: at('06:00') } }));
  const b = await path(planned('B'));
  const started_at = at('07:00');
  const refused = await plant.api.PUT(`${BASE}/batches/{id}/start`, { params: b, body: { started_at } });
  expect([refused.response.status, refused.error]).toMatchObject([
    409,
    { code: 'overlap', detail: expect.stringContaining(a.path.id) },
  ]);
  const body = { started_at, interrupt: true };
  await dataOf(plant.api.PUT(`${BASE}/batches/{id}/start`, { params: b, body }));
  await dataOf(plant.api.PUT(`${BASE}/batches/{id}/pause`, { params: b, body: { paused_at: at('07:15') } }));
  await dataOf(plant.api.PUT(`${BASE}/batches/{id}/complete`, { params: b, body: { completed_at: at('07:30') } }));
  await dataOf(plant.api.PUT(`${BASE}/batches/{id}/pause`, { params: a, body: { paused_at: at('08:00') } }));
  const resumed_at = at('09:00');
  const resumed = await dataOf(plant.api.PUT(`${BASE}/batches/{id}/resume`, { params: a, body: { resumed_at } }));
  expect(resumed).toMatchObject({ status: 'running', interrupted: false });
  const end = { completed_at: at('10:00'), good_count: 140 };
  await dataOf(plant.api.PUT(`${BASE}/batches/{id}/complete`, { params: a, body: end }));
  // A: 06:00 to 07:00, 07:15 to 08:00, 09:00 to 10:00. Nobody counted in the 15 minutes of B.
  await becomes(() => line.money(DAY), { speed_loss: 50 });
  await becomes(async () => only((await line.oee(DAY)).terms, { pbt_minutes: 0, uncounted_minutes: 0 }), {
    pbt_minutes: 180,
    uncounted_minutes: 15,
  });
});

test('sending the same events again, in another order, changes no row and no figure of any line', async () => {
  const rows = () => Promise.all(plant.lines.map((line) => line.rowsAsText()));
  const before = await rows();
  for (const line of plant.lines) await plant.publish(line.ids.code, shuffled(line.tape, SEED));
  // An event that was sent after them has been applied, so they have been, too.
  const last = await plant.line('LAST', await plant.site('LAST'), { ideal_cycle_seconds: 60 });
  await last.report([stop('06:30', '07:00', 'mechanical'), ...batch('L', '06:00', '08:00', { good_count: 80 })]);
  await becomes(() => last.money(DAY), { downtime_loss: 30, speed_loss: 10 });
  expect((await rows()).slice(0, before.length)).toEqual(before);
  for (const of of cases) await expectCase(lineOf(of), of);
  expect((await dataOf(plant.api.GET(`${BASE}/ingest/rejections`))).items).toEqual([]);
});

test('the explanations of ten random postings give the same amounts when they are computed by hand', async () => {
  const rows = (await Promise.all(plant.lines.map((line) => line.rows()))).flat();
  // In an order that does not depend on timing, so that a seed selects the same postings.
  const placeOf = ({ occurred_from, rule, amount_usd }: (typeof rows)[number]) =>
    `${occurred_from} ${rule} ${amount_usd}`;
  const drawn = shuffled(
    rows.toSorted((a, b) => placeOf(a).localeCompare(placeOf(b))),
    SEED,
  ).slice(0, 10);
  expect(drawn).toHaveLength(10);
  for (const row of drawn) await expectExplained(plant, row);
});

test('W7: a state of 2001 waits and makes no stop and no posting, in any order of arrival; released, it is applied', async () => {
  const old = '2001-01-01T00:00:05.000Z';
  const plant_id = await plant.site('W7');
  for (const order of [0, 1]) {
    const line = await plant.line(`W7-${order}`, plant_id, { ideal_cycle_seconds: 60, hourly_cost: 120 });
    const waiting = new WaitingEvents(plant.api, line.ids.code);
    const stops = async () => (await line.stops()).map(({ start_time }) => start_time);
    const tape: LineEvent[] = [
      { kind: 'state', id: `W7-${order}/0`, at: old, state: 'stopped', backfill: false },
      { kind: 'state', id: `W7-${order}/1`, at: new Date().toISOString(), state: 'running', backfill: false },
    ];
    await plant.publish(line.ids.code, order === 0 ? tape : tape.toReversed());
    // Events are consumed in their order: when the last one waits, those before it were received.
    const [mark] = tape.map((event) => ({ ...event, id: `W7-${order}/mark` }));
    await plant.publish('NOWHERE', [mark as LineEvent]);
    const nowhere = new WaitingEvents(plant.api, 'NOWHERE');
    await becomes(async () => (await nowhere.reasons()).includes(`W7-${order}/mark too_old`), true);
    // The other one may have waited for the line to become known.
    await becomes(() => waiting.reasons(), [`W7-${order}/0 too_old`]);
    expect([await stops(), await line.rows()]).toEqual([[], []]);

    const [row] = await waiting.list();
    expect(JSON.parse(row?.body ?? '')).toEqual({ id: `W7-${order}/0`, at: old, state: 'stopped' });
    const shown = await waiting.overview(line.ids.id);
    expect(shown).toMatchObject({
      waiting: { too_old: 2 + order },
      alerts: [
        { title: expect.stringContaining(line.ids.code), message: expect.stringMatching(/ up to \d+ days old/) },
      ],
    });
    const released = await waiting.release(row?.id as string);
    expect(released.data).toMatchObject({ outcome: 'applied', detail: null });
    await becomes(stops, [old]);
    expect([await waiting.list(), await waiting.history(row?.id as string)]).toEqual([[], ['waiting.released']]);
    expect((await waiting.overview(line.ids.id)).alerts).toEqual([]);
  }
});

test('W8: a count six minutes ahead waits and cannot be released before its time; one a few seconds ahead is counted when it is due', async () => {
  const line = await plant.line('W8', await plant.site('W8'), { ideal_cycle_seconds: 60 });
  const waiting = new WaitingEvents(plant.api, 'W8');
  const inMs = (ms: number) => new Date(Date.now() + ms).toISOString();
  const [begun, soon, later] = [inMs(-3_600_000), inMs(5_000), inMs(360_000)];
  const made = (id: string, when: string, good = 7): LineEvent => ({
    kind: 'count',
    id,
    at: when,
    good,
    batch_number: 'W8',
  });
  await plant.publish('W8', [
    { kind: 'batch.started', id: 'W8/begun', at: begun, batch_number: 'W8', product_code: 'W8' },
    made('W8/later', later),
    made('W8/soon', soon),
  ]);
  await waitFor('the event to wait', async () => (await waiting.reasons()).includes('W8/later early'), 20_000);
  const id = (await waiting.list()).find(({ event_id }) => event_id === 'W8/later')?.id ?? '';
  const refused = await waiting.release(id);
  expect([refused.response.status, refused.error]).toMatchObject([409, { detail: expect.stringContaining(later) }]);
  expect(await waiting.overview(line.ids.id)).toMatchObject({
    alerts: [{ title: expect.stringContaining('W8'), message: expect.stringMatching(/ minutes ahead of the clock$/) }],
  });
  const counted = async () => (await line.oee({ from: begun, to: inMs(0) })).terms.total_count;
  await waitFor('the count', async () => (await counted()) === 7, 20_000);
  expect(await waiting.reasons()).toEqual(['W8/later early']);

  await waiting.discard(id, 'the clock of the line was set');
  await plant.publish('W8', [made('W8/later', later), made('W8/last', inMs(0), 1)]);
  await becomes(counted, 8);
  expect([await waiting.list(), await waiting.history(id)]).toEqual([[], ['waiting.discarded']]);
});

test('events of an unknown line are listed with what is missing, and released by filter only when it is there', async () => {
  const waiting = new WaitingEvents(plant.api, 'NO-LINE');
  const old = { kind: 'count', at: at('08:00'), good: 1 } as const;
  await plant.publish('NO-LINE', [
    { ...old, id: 'NO-LINE/0' },
    { ...old, id: 'NO-LINE/1', backfill: false },
    { kind: 'state', id: 'NO-LINE/2', at: at('08:00'), state: 'running' },
  ]);
  await becomes(() => waiting.reasons(), ['NO-LINE/0 unknown_line', 'NO-LINE/1 too_old', 'NO-LINE/2 unknown_line']);
  for (const { id, reason } of await waiting.list())
    if (reason === 'unknown_line')
      expect((await waiting.release(id)).error).toMatchObject({
        code: 'illegal_transition',
        detail: expect.stringContaining('line NO-LINE is not known'),
      });
  expect(await waiting.releaseAll()).toEqual({ released: 1, waiting: 2 });
  await becomes(
    () => waiting.reasons(),
    [0, 1, 2].map((n) => `NO-LINE/${n} unknown_line`),
  );
  await plant.line('NO-LINE', await plant.site('NO-LINE'), { ideal_cycle_seconds: 60 });
  await becomes(() => waiting.list(), []);
});
