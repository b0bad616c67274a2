import { batchStarted, type CloudEvent } from '@plantops/contracts';
import { aBatch, aLine, aPlant, aStop, at, rowId } from '@plantops/testing';
import { asks, HOLDS, reads, TENANT, testIndexes, type Reads } from '@plantops/testing/indexes';
import { firstUnits } from './activity/first-units.ts';
import { readActivity } from './activity/note-activity.ts';
import { onBatches } from './batches/on-batches.ts';
import { tables } from './database.ts';
import { reasonsAndParts } from './downtimes/known-of.ts';
import { listDowntimes } from './downtimes/list-downtimes.ts';
import { findOverlap } from './downtimes/refuse-overlap.ts';
import { reportedBy } from './downtimes/reported-stop.ts';
import { getFigures } from './figures/get-figures.ts';
import { getRows } from './figures/get-rows.ts';
import { listReasons } from './reasons/list-reasons.ts';
import { deriveDueSilences } from './silence/derive-due-silences.ts';
import { deriveDue } from './states/derive-due.ts';
import { deriveStops } from './states/derive-stops.ts';
import { fixTime, rememberWord } from './states/remember-person.ts';

/** Of `n`: one of a hundred lines, and one stop, state or batch a minute. */
const LINE = "('0190c0de-0000-7000-8000-' || lpad(to_hex(1 + n % 100), 12, '0'))::uuid";
const ID = "('0190c0de-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid";
const AT = "timestamptz '2026-03-02 00:00Z' + n * interval '1 minute'";
const line = aLine({ id: rowId(7) });
const now = () => at('2026-04-02T00:00Z');

const startBatch = (): CloudEvent<ReturnType<typeof aBatch>> => ({
  specversion: '1.0',
  id: rowId(1),
  source: '/plantops/production',
  type: batchStarted.type,
  subject: rowId(9),
  time: now(),
  datacontenttype: 'application/json',
  tenantid: TENANT,
  actor: 'test',
  data: aBatch({ id: rowId(99_999), line_id: line.id, batch_number: 'B7' }),
});
const derive = reads((tx) => deriveStops(tx, line, { from: at('12:00'), to: at('12:30') }, now()));

const dueSilences: Reads = (database) => deriveDueSilences(database, async () => aPlant(), '2026-03-02T00:10:00Z');

testIndexes('downtimes', tables, {
  downtime: {
    rows: `
      insert into downtime (id, tenant_id, version, created_at, updated_at, created_by, updated_by, line_id, batch_id,
        batch_number, start_time, end_time, status, reason_category, reason_code, is_planned, is_micro_stop, phase,
        source, origin_id, is_overlapping)
      select ${ID}, '${TENANT}', 1, ${AT}, ${AT}, 'test', 'test', ${LINE}, case when n % 10 < 9 then ${ID} end,
        'B' || n, ${AT}, case when n <= 19900 then ${AT} + interval '30 seconds' end,
        case when n <= 19900 then 'ended' else 'open' end,
        case when n % 500 = 0 then 'safety' else 'mechanical' end, case when n % 500 = 0 then 'rare' end, n % 500 = 0,
        false, 'production', 'event', case when n % 500 = 0 then ${ID} end, n % 500 = 0
      from generate_series(1, 20000) n`,
    indexes: {
      downtime_pkey: HOLDS,
      downtime_external: HOLDS,
      downtime_overlap: HOLDS,
      downtime_overlapping: reads((tx) =>
        findOverlap(tx, { line_id: line.id, start_time: at('12:00'), end_time: at('12:30') }),
      ),
      downtime_start: asks(listDowntimes),
      downtime_created: asks(listDowntimes, { sort: '-created_at' }),
      downtime_line: asks(listDowntimes, { line_id: line.id }),
      downtime_batch: asks(listDowntimes, { batch_id: rowId(1001) }),
      downtime_category: asks(listDowntimes, { reason_category: 'safety' }),
      downtime_reason: asks(listDowntimes, { reason_code: 'rare' }),
      downtime_planned: asks(listDowntimes, { is_planned: true }),
      downtime_updated: asks(listDowntimes, { updated_since: '2026-03-15T20:00:00Z' }),
      downtime_open: asks(getFigures),
      downtime_silence: asks(getRows, { line_id: line.id, from: at('12:00'), to: at('12:30') }),
      downtime_origin: reads((tx) => reasonsAndParts(tx, { id: rowId(1), origin_id: rowId(500), reason_code: null })),
      downtime_unlinked: reads((tx) => onBatches({ now })([startBatch()], tx)),
    },
  },
  downtime_cost: { indexes: { downtime_cost_pkey: HOLDS } },
  reported_stop: { indexes: { reported_stop_pkey: HOLDS } },
  state_report: {
    rows: `
      insert into state_report (tenant_id, line_id, at, id, state)
      select '${TENANT}', ${LINE}, ${AT}, ${ID}, case when n % 500 < 100 then 'running' else 'idle' end
      from generate_series(1, 20000) n`,
    indexes: { state_report_pkey: HOLDS, state_report_running: derive },
  },
  state_stop: {
    rows: `
      insert into state_stop (tenant_id, line_id, key, downtime_id, derived_from, derived_to, derived_category,
        taken_from, taken_to)
      select '${TENANT}', ${LINE}, n, ${ID}, ${AT}, ${AT}, 'other', case when n % 500 = 1 then ${AT} end,
        case when n % 500 = 1 then ${AT} end
      from generate_series(1, 20000) n
      where n % 100 <> 6 or n > 1100`,
    indexes: {
      state_stop_pkey: HOLDS,
      state_stop_time: derive,
      state_stop_taken: derive,
      state_stop_downtime: reads((tx) => fixTime(tx, aStop({ source: 'event' }), now())),
    },
  },
  open_departure: {
    rows: `
      insert into open_departure (tenant_id, line_id, since, due_at)
      select '${TENANT}', ${ID}, ${AT}, ${AT}
      from generate_series(1, 20000) n`,
    indexes: {
      open_departure_pkey: HOLDS,
      open_departure_due: (database) => deriveDue(database, '2026-03-02T00:10:00Z'),
    },
  },
  line_activity: {
    rows: `
      insert into line_activity (tenant_id, line_code, minute, first_at, last_at, units, totals, has_units)
      select '${TENANT}', 'L' || n % 10, ${AT}, ${AT}, ${AT}, '{}', case when n % 500 = 1 then '[[0, 7]]'::jsonb end,
        n % 500 = 2
      from generate_series(1, 20000) n`,
    indexes: {
      line_activity_pkey: HOLDS,
      line_activity_units: reads((tx) =>
        firstUnits(tx, [{ line_code: 'L2', after: at('03:00'), before: '2026-03-14T00:00:00.000Z' }]),
      ),
      line_activity_totals: reads((tx) =>
        readActivity(tx, [
          {
            tenant: TENANT,
            line: 'L1',
            kind: 'counter',
            body: { id: 'c', at: '2026-03-14T00:00:00.000Z', total: 8 },
          },
        ]),
      ),
    },
  },
  line_device: {
    rows: `
      insert into line_device (tenant_id, connection_id, line_code, device, is_lost, at, reason)
      select '${TENANT}', ${ID}, 'L' || n, 'D', n % 500 = 0, ${AT}, ''
      from generate_series(1, 20000) n`,
    indexes: { line_device_pkey: HOLDS, line_device_lost: asks(getFigures) },
  },
  line_pulse: {
    rows: `
      insert into line_pulse (tenant_id, line_id, last_at, silence, due_at)
      select '${TENANT}', ${ID}, ${AT}, '1 minute', ${AT}
      from generate_series(1, 20000) n`,
    indexes: { line_pulse_pkey: HOLDS, line_pulse_due: dueSilences },
  },
  silence_look: {
    rows: `
      insert into silence_look (tenant_id, line_id, since, until, due_at)
      select '${TENANT}', ${ID}, ${AT}, ${AT}, ${AT}
      from generate_series(1, 20000) n`,
    indexes: { silence_look_pkey: HOLDS, silence_look_due: dueSilences },
  },
  stop_word: {
    rows: `
      insert into stop_word (tenant_id, line_id, downtime_id, "from", "to", said)
      select '${TENANT}', ${LINE}, ${ID}, ${AT}, ${AT} + interval '1 minute', '{}'
      from generate_series(1, 20000) n`,
    indexes: {
      stop_word_pkey: HOLDS,
      stop_word_time: derive,
      stop_word_row: reads((tx) =>
        rememberWord(tx, { description: '' }, { row: aStop({ source: 'event' }), changes: {}, at: now() }),
      ),
    },
  },
  batch: {
    rows: `
      insert into batch (id, tenant_id, version, line_id, batch_number, started_at, ended_at)
      select ${ID}, '${TENANT}', 1, ${LINE}, 'B' || n, ${AT}, ${AT} + interval '1 hour'
      from generate_series(1, 20000) n`,
    indexes: {
      batch_pkey: HOLDS,
      batch_number: reads((tx) => reportedBy(tx, line.id, { batch_number: 'B6' })),
      batch_lasting: derive,
    },
  },
  reason: {
    rows: `
      insert into reason (id, tenant_id, version, created_at, updated_at, created_by, updated_by, code, name, category,
        is_planned, is_failure, is_excluded, is_unavoidable, is_active)
      select ${ID}, case when n % 4 = 0 then '${TENANT}' else 't' || n % 40 end, 1, ${AT}, ${AT}, 'test', 'test', n, '',
        'other', false, false, false, false, true
      from generate_series(1, 8000) n`,
    indexes: { reason_pkey: HOLDS, reason_tenant_id_code_key: HOLDS, reason_created: asks(listReasons) },
  },
});
