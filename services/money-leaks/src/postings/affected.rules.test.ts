import { describe, expect, test } from '@jest/globals';
import type { CloudEvent } from '@plantops/contracts';
import { aBatch, aCount, aScrap, aStateReport, aStop, at, LINE_ID, rowId } from '@plantops/testing';
import { AHEAD_MS, factOf, type Fact } from '../facts/fact.rules.ts';
import { affectedBy, causeOf, reportedIn, type Reported } from './affected.rules.ts';
import type { NamedBatch, Neighbours } from './changed-intervals.rules.ts';

const ms = (time: string) => Date.parse(at(time));
const NOW = ms('12:00');
let events = 500;
const report = (type: string, data: object): Reported => {
  const event = { id: rowId((events += 1)), type, data, actor: 'test' } as CloudEvent;
  return { event, fact: factOf(event) as Fact };
};
type All = Neighbours & { looseScraps: { line_id: string; began: string }[] };
const alone: All = {
  namedBatches: [],
  parts: [],
  unitsNaming: [],
  nextBatches: new Map(),
  points: new Map(),
  looseScraps: [],
};
const affected = (reports: readonly Reported[], neighbours: Partial<All> = {}, before: readonly Fact[] = []) =>
  affectedBy(reports, before, { ...alone, ...neighbours }, NOW);
const named = (by: Reported, fields: Partial<NamedBatch> = {}): NamedBatch => ({
  id: rowId(40),
  named_by: by.fact.id,
  line_id: LINE_ID,
  began: at('06:00'),
  ended: at('10:00'),
  is_closed: true,
  ...fields,
});
const points = (of: Reported, is_posted: boolean, next_state: string | null = null) =>
  new Map([[of.fact, { next_state, is_posted }]]);

test('events of batches that never started report nothing', () => {
  const event = { type: 'batch.planned', data: aBatch({ started_at: null }) } as CloudEvent;
  expect(reportedIn([event])).toEqual([]);
});

describe('a stop affects', () => {
  test('its own interval, as a source that changed, with its event as the cause', () => {
    const stop = report('downtime.ended', aStop());
    expect(affected([stop])).toEqual([
      {
        line_id: LINE_ID,
        interval: { from: ms('08:00'), to: ms('08:20') },
        source_ids: [stop.fact.id],
        cause: causeOf(stop.event),
      },
    ]);
  });

  test('everything up to now and a little more while it is open', () => {
    expect(affected([report('downtime.started', aStop({ end_time: null }))])).toMatchObject([
      { interval: { to: NOW + AHEAD_MS } },
    ]);
  });

  test('the whole that it is a part of', () => {
    const origin_id = rowId(70);
    const part = report('downtime.ended', aStop({ origin_id }));
    const parts = [{ line_id: LINE_ID, origin_id, began: at('07:00'), ended: at('09:00'), until: at('09:00') }];
    expect(affected([part], { parts })).toMatchObject([{ interval: { from: ms('07:00'), to: ms('09:00') } }]);
  });

  test('where it lay before, on the same line; a line it has left is affected only if something else affects it', () => {
    const stop = report('downtime.amended', aStop({ start_time: at('10:00'), end_time: at('10:10') }));
    const before = [
      { ...stop.fact, began: at('08:00'), ended: at('08:20') },
      { ...stop.fact, line_id: rowId(99), began: at('08:00') },
    ];
    expect(affected([stop], {}, before)).toMatchObject([
      {
        line_id: LINE_ID,
        interval: { from: ms('08:00'), to: ms('08:20') },
        source_ids: [],
        cause: causeOf(stop.event),
      },
      { source_ids: [stop.fact.id] },
    ]);
  });
});

describe('a count affects', () => {
  test('nothing where no closed batch lies: open batches post nothing for it', () => {
    const count = report('count.logged', aCount());
    expect(
      affected([count], {
        points: points(count, false),
        namedBatches: [named(count, { ended: null, is_closed: false })],
      }),
    ).toEqual([]);
  });

  test('its own instant where postings depend on it', () => {
    const count = report('count.logged', aCount());
    expect(affected([count], { points: points(count, true) })).toMatchObject([
      { interval: { from: ms('08:00'), to: ms('08:00') } },
    ]);
  });

  test('the closed batch that it names, also when its own time lies outside', () => {
    const count = report('count.logged', aCount({ at: at('11:00') }));
    const found = affected([count], { points: points(count, false), namedBatches: [named(count)] });
    expect(found.map(({ source_ids, interval }) => [source_ids, interval.to])).toEqual([
      [[count.fact.id], ms('11:00')],
      [[rowId(40)], ms('10:00')],
    ]);
  });
});

test('scrap affects its own instant; of a batch that runs on only the start, which finds the batch', () => {
  const scrap = report('scrap.logged', aScrap());
  const found = affected([scrap], { namedBatches: [named(scrap, { ended: null, is_closed: false })] });
  expect(found.map(({ interval }) => interval)).toEqual([
    { from: ms('08:00'), to: ms('08:00') },
    { from: ms('06:00'), to: ms('06:00') },
  ]);
});

test('a trial affects only the batch it names, while that runs on up to now', () => {
  const trial = report('trial.started', {
    id: rowId(50),
    version: 1,
    line_id: LINE_ID,
    batch_id: rowId(40),
    started_at: at('07:00'),
  });
  expect(affected([trial], { namedBatches: [named(trial, { ended: null })] })).toMatchObject([
    { source_ids: [rowId(40)], interval: { from: ms('06:00'), to: NOW + AHEAD_MS } },
  ]);
  expect(affected([trial])).toEqual([]);
});

test('a state affects the time up to the next one, or up to now, where postings depend on it', () => {
  const state = report('state.changed', aStateReport({ line_id: LINE_ID, at: at('08:00') }));
  const to = (next: string | null) =>
    affected([state], { points: points(state, true, next) }).map(({ interval }) => interval.to);
  expect([to(at('09:00')), to(null)]).toEqual([[ms('09:00')], [NOW]]);
  expect(affected([state], { points: points(state, false) })).toEqual([]);
});

test('a batch affects the units that name it, which counted elsewhere before it was known', () => {
  const batch = report('batch.completed', aBatch({ completed_at: at('10:00') }));
  const unitsNaming = [
    { line_id: LINE_ID, began: at('11:00'), batch_id: batch.fact.id },
    { line_id: LINE_ID, began: at('11:30'), batch_id: rowId(88) },
  ];
  expect(affected([batch], { unitsNaming }).map(({ interval }) => interval.from)).toEqual([ms('06:00'), ms('11:00')]);
});

test('scrap of no batch in the shifts is affected by the last event', () => {
  const [first, last] = [report('downtime.ended', aStop()), report('downtime.ended', aStop({ id: rowId(71) }))];
  const found = affected([first, last], { looseScraps: [{ line_id: LINE_ID, began: at('13:00') }] });
  expect(found.at(-1)).toEqual({
    line_id: LINE_ID,
    interval: { from: ms('13:00'), to: ms('13:00') },
    source_ids: [],
    cause: causeOf(last.event),
  });
});

test('the trace of an event goes on to its postings', () => {
  const event = { id: rowId(1), actor: 'a', traceparent: '00-1' } as CloudEvent;
  expect(causeOf(event)).toEqual({ event_id: rowId(1), actor: 'a', traceparent: '00-1' });
});
