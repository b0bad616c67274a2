/** A shift of a packaging line in PackML: thousands of reports, and the few stops that they mean. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { batchStarted, lineCreated, listDowntimes, setReasons, type DowntimeRow } from '@plantops/contracts';
import { aBatch, aLine, at, Random, rowId, ServiceHarness } from '@plantops/testing';
import { readConfig } from '../config.ts';
import { start } from '../service.ts';

const SHIFT_MS = 8 * 3_600_000;
const REPORTS = 5_000;
const STATES = {
  cip: { state: 'planned_stop' as const, reason_code: 'cleaning' },
  'format change': { state: 'changeover' as const },
};
const line = aLine({
  id: rowId(1001),
  code: 'PACK-1',
  micro_stop_seconds: 120,
  state_map: { standard: 'packml' as const, states: STATES },
});
let downtimes: ServiceHarness;

beforeAll(async () => {
  downtimes = await ServiceHarness.start('downtimes', start, readConfig);
  const code = { parent_code: null, is_excluded: false };
  await downtimes.call(setReasons, {
    items: [
      { ...code, code: 'jam', name: 'Jam', category: 'mechanical' },
      { ...code, code: 'cleaning', name: 'Cleaning', category: 'cleaning', is_planned: true },
    ],
  });
  await downtimes.announce(lineCreated, line);
  await downtimes.announce(
    batchStarted,
    aBatch({ id: rowId(2001), line_id: line.id, started_at: at('06:00'), completed_at: null }),
  );
  await downtimes.settled();
});
afterAll(() => downtimes.close());

type Kind = 'jam' | 'starved' | 'cip' | 'format change';
type Stop = { readonly kind: Kind; readonly from: number; readonly to: number };
/** What the machine goes through from one run to the next, in equal shares of the stop. */
const SEQUENCES: Record<Kind, readonly string[]> = {
  jam: ['Aborting', 'Aborted', 'Clearing', 'Stopped', 'Resetting', 'Idle', 'Starting'],
  starved: ['Suspending', 'Suspended', 'Unsuspending'],
  cip: ['CIP'],
  'format change': ['Format change'],
};
const MEANS: Record<Kind, Pick<DowntimeRow, 'reason_category' | 'reason_code' | 'is_planned'>> = {
  jam: { reason_category: 'mechanical', reason_code: 'jam', is_planned: false },
  starved: { reason_category: 'starved', reason_code: null, is_planned: false },
  cip: { reason_category: 'cleaning', reason_code: 'cleaning', is_planned: true },
  'format change': { reason_category: 'changeover', reason_code: null, is_planned: false },
};

/** Twenty stops of the line's own, three planned ones and two changeovers, one after the other with running in between. */
function drawStops(random: Random): Stop[] {
  const kinds: Kind[] = Array.from({ length: 20 }, (_, n) => (n % 3 === 0 ? 'starved' : 'jam'));
  kinds.splice(5, 0, 'cip', 'format change');
  kinds.splice(14, 0, 'cip', 'format change', 'cip');
  const slot = SHIFT_MS / kinds.length;
  return kinds.map((kind, index) => {
    const from = Math.round(index * slot + (0.1 + 0.2 * random.next()) * slot);
    return { kind, from, to: Math.round(from + (0.05 + 0.5 * random.next()) * slot) };
  });
}

type Report = { readonly ms: number; readonly state: string; readonly reason_code?: string };
/** The states of the shift; the controller repeats the one that holds until there are as many reports as are wanted. */
function reportsOf(stops: readonly Stop[]): Report[] {
  const changes: Report[] = [{ ms: 0, state: 'Execute' }];
  for (const { kind, from, to } of stops) {
    const states = SEQUENCES[kind];
    states.forEach((state, index) => {
      // The code of a jam comes when the machine has been cleared.
      const coded = state === 'Stopped' ? { reason_code: 'jam' } : {};
      changes.push({ ms: Math.round(from + ((to - from) * index) / states.length), state, ...coded });
    });
    changes.push({ ms: to, state: 'Execute' });
  }
  const every = SHIFT_MS / (REPORTS - changes.length);
  const beats = Array.from({ length: REPORTS - changes.length }, (_, n) => Math.round(n * every) + 7);
  const times = new Set(changes.map(({ ms }) => ms));
  return [
    ...changes,
    ...beats.flatMap((ms) => {
      const holds = changes.findLast((change) => change.ms <= ms);
      return holds === undefined || times.has(ms) ? [] : [{ ...holds, ms }];
    }),
  ];
}

test('5,000 reports of a shift, in any order, are the stops that the machine made: their times, reasons and kinds', async () => {
  const random = new Random(20_261_130);
  const stops = drawStops(random);
  const iso = (ms: number) => new Date(Date.parse(at('06:00')) + ms).toISOString();
  const reports = reportsOf(stops).map((report, index) => ({ report, index, place: random.next() }));
  for (const { report, index } of reports.toSorted((a, b) => a.place - b.place)) {
    const { ms, ...body } = report;
    await downtimes.publish(line.code, 'state', { id: `pack-1/${index}`, at: iso(ms), ...body });
  }
  await downtimes.settled();
  const { items } = await downtimes.call(listDowntimes, { line_id: line.id, sort: 'start_time', limit: 500 });
  const live = items.filter(({ voided_at }) => voided_at === null);
  expect(
    live.map(({ start_time, end_time, reason_category, reason_code, is_planned, is_micro_stop }) => ({
      start_time,
      end_time,
      reason_category,
      reason_code,
      is_planned,
      is_micro_stop,
    })),
  ).toEqual(
    stops.map(({ kind, from, to }) => ({
      start_time: iso(from),
      end_time: iso(to),
      ...MEANS[kind],
      is_micro_stop: (kind === 'jam' || kind === 'starved') && to - from < 120_000,
    })),
  );
}, 300_000);
