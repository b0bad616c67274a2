import { productUpdated, type CloudEvent } from '@plantops/contracts';
import { aBatch, aProduct, aStop, at, rowId } from '@plantops/testing';
import { asks, HOLDS, reads, TENANT, testIndexes } from '@plantops/testing/indexes';
import { tables } from './database.ts';
import type { Fact } from './facts/fact.rules.ts';
import { readOtherParts, readPoints, readPrices, readStopsAndBatches } from './facts/read-rows.ts';
import { listMoneyLeaks } from './ledger/list-money-leaks.ts';
import { onMaster } from './postings/on-master.ts';
import { readNeighbours } from './postings/read-neighbours.ts';
import * as keptSums from './projections/kept-sums.ts';
import * as unitHours from './projections/unit-hours.ts';

/** Of `n`: one of a hundred lines, and one fact a minute. */
const LINE = "('0190c0de-0000-7000-8000-' || lpad(to_hex(1 + n % 100), 12, '0'))::uuid";
const ID = "('0190c0de-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid";
const AT = "timestamptz '2026-03-02 00:00Z' + n * interval '1 minute'";
const FACT =
  'insert into fact (tenant_id, kind, id, version, line_id, batch_id, batch_number, product_id, began, ended, data)';
const now = () => at('2026-04-02T00:00Z');
const [lineId, plantId] = [rowId(7), rowId(100)];
const interval = { line_id: lineId, interval: { from: Date.parse(at('12:00')), to: Date.parse(at('12:30')) } };
const fact = (fields: Partial<Fact>): Fact => ({
  kind: 'count',
  id: rowId(999_999),
  version: 1,
  line_id: lineId,
  batch_id: null,
  batch_number: 'B6',
  product_id: null,
  began: at('12:00'),
  ended: null,
  data: {},
  ...fields,
});
const beside = (fields: Partial<Fact>) => reads((tx) => readNeighbours(tx, [fact(fields)], now()));
const ofBatch = beside({ kind: 'batch' });
const overlapping = reads((tx) => readStopsAndBatches(tx, [interval]));

/** The sums of a plant's days, from noon of the first one. */
const sums = (scope: keptSums.Scope, by: keptSums.By) =>
  reads((tx) =>
    keptSums.read(
      tx,
      [{ plant_id: plantId, timezone: 'UTC', from: Date.parse(at('12:00')), to: Date.parse(at('2026-03-05T00:00Z')) }],
      scope,
      by,
    ),
  );

const productEvent = (): CloudEvent => ({
  specversion: '1.0',
  id: rowId(1),
  source: '/plantops/production',
  type: productUpdated.type,
  subject: rowId(100),
  time: now(),
  datacontenttype: 'application/json',
  tenantid: TENANT,
  actor: 'test',
  data: aProduct({ id: rowId(100), version: 2 }),
});

testIndexes('money-leaks', tables, {
  fact: {
    rows: `
      ${FACT}
      select '${TENANT}', 'stop', ${ID}, 1, ${LINE}, null, null, null, ${AT},
        case when n % 1000 > 0 then ${AT} + case when n % 500 = 1 then interval '1 day' else interval '1 minute' end end,
        case when n % 500 = 0 then jsonb_build_object('origin_id', ${ID}) else '{}' end
      from generate_series(1, 20000) n;
      ${FACT}
      select '${TENANT}', 'batch', ${ID}, 1, ${LINE}, null, 'B' || n, ${ID}, ${AT}, ${AT} + interval '1 hour', '{}'
      from generate_series(1, 20000) n;
      ${FACT}
      select '${TENANT}', kind, ${ID}, 1, ${LINE}, case when n % 10 > 0 then ${ID} end, 'B' || n, null, ${AT}, null, '{}'
      from generate_series(1, 10000) n, unnest(array['count', 'scrap', 'state', 'trial']) kind`,
    indexes: {
      fact_pkey: HOLDS,
      fact_batch: reads((tx) =>
        readPrices(tx, [{ kind: 'batch', line_id: lineId, data: aBatch({ id: rowId(6), product_id: null }) }]),
      ),
      fact_batch_began: ofBatch,
      fact_batch_number: beside({}),
      fact_origin: reads((tx) =>
        readOtherParts(tx, [{ kind: 'stop', line_id: lineId, data: aStop({ origin_id: rowId(500) }) }]),
      ),
      fact_point: reads((tx) => readPoints(tx, [interval], ['count'])),
      fact_product: reads((tx) => onMaster({ now })([productEvent()], tx)),
      fact_span_began: overlapping,
      fact_span_open: overlapping,
      fact_span_overnight: overlapping,
      fact_units: ofBatch,
      fact_units_unlinked: ofBatch,
    },
  },
  money_leak: {
    rows: `
      insert into money_leak (id, tenant_id, line_id, plant_id, category, amount, occurred_from, occurred_to,
        business_date, is_avoidable, source_type, source_id, cause_event_id, rule, rule_version, recorded_at, created_by)
      select ${ID}, '${TENANT}', ${LINE}, ${LINE}, 'downtime_loss', 1, ${AT}, ${AT}, '2026-03-02', true, 'downtime',
        ${ID}, ${ID}, 'stop', 1, ${AT} + case when n % 500 = 0 then interval '3 days' else interval '1 minute' end, 'test'
      from generate_series(1, 20000) n`,
    indexes: {
      money_leak_pkey: HOLDS,
      money_leak_tenant_id_cause_event_id_source_id_rule_rule_ver_key: HOLDS,
      money_leak_reverses: HOLDS,
      money_leak_occurred: asks(listMoneyLeaks),
      money_leak_recorded: asks(listMoneyLeaks, { sort: '-recorded_at' }),
      money_leak_line: asks(listMoneyLeaks, { line_id: lineId }),
      money_leak_source: asks(listMoneyLeaks, { source_id: rowId(7) }),
      money_leak_plant: sums({}, {}),
      money_leak_late: sums({ as_of: at('2026-03-15T00:00Z') }, {}),
    },
  },
  money_leak_action: { indexes: { money_leak_action_pkey: HOLDS } },
  leak_sum: {
    rows: `
      insert into leak_sum
      select '${TENANT}', ${LINE}, 'day', ${ID}, date '2026-01-01' + n / 100, date '2026-01-01' + n / 100,
        'downtime_loss', 'downtime', 'stop', null, 1, 1, 1
      from generate_series(1, 20000) n`,
    indexes: { leak_sum_key: HOLDS, leak_sum_lines: sums({}, { line: true }) },
  },
  leak_hour: { indexes: { leak_hour_pkey: HOLDS } },
  unit_hour: {
    rows: `
      insert into unit_hour
      select '${TENANT}', ${LINE}, ${ID}, ${AT}, 1, 0, 0
      from generate_series(1, 20000) n`,
    indexes: {
      unit_hour_tenant_id_line_id_product_id_hour_key: HOLDS,
      unit_hour_line: reads((tx) =>
        unitHours.readBefore(
          tx,
          { line_id: lineId, product_id: rowId(6), hour: at('2026-03-10T00:00Z'), good: 0, rejects: 0 },
          10,
        ),
      ),
    },
  },
  line_cell: { indexes: { line_cell_tenant_id_line_id_local_date_shift_key_batch_id_key: HOLDS } },
  line_revision: { indexes: { line_revision_pkey: HOLDS } },
});
