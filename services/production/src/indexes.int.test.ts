import { aBatch, at, rowId } from '@plantops/testing';
import { asks, HOLDS, reads, TENANT, testIndexes } from '@plantops/testing/indexes';
import { Batch } from './batches/batch.table.ts';
import { linkUnits } from './batches/link-units.ts';
import { listBatches } from './batches/list-batches.ts';
import { readCourses } from './batches/read-courses.ts';
import { listCounts } from './counts/list-counts.ts';
import { tables } from './database.ts';
import { getFigures } from './figures/get-figures.ts';
import { getRows } from './figures/get-rows.ts';
import { linesOfPlant } from './lines/lines-of-plant.ts';
import { listLines } from './lines/list-lines.ts';
import { listPlants } from './plants/list-plants.ts';
import { listProducts } from './products/list-products.ts';
import { listScrap } from './scrap/list-scrap.ts';
import { ScrapEvent } from './scrap/scrap-event.table.ts';
import { UnitCount } from './counts/unit-count.table.ts';
import { givenAfter } from './units/correct-units.ts';
import { hasQuantities } from './units/has-quantities.ts';

const ID = "('0190c0de-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid";
/** One of a hundred lines. */
const LINE = "('0190c0de-0000-7000-8000-' || lpad(to_hex(1 + n % 100), 12, '0'))::uuid";
const AT = "timestamptz '2026-03-02 00:00Z' + n * interval '1 minute'";
const STAMPS = 'id, tenant_id, version, created_at, updated_at, created_by, updated_by';
const STAMPED = `${ID}, '${TENANT}', 1, ${AT}, ${AT}, 'test', 'test'`;
const line_id = rowId(7);
const batch = aBatch({ id: rowId(6), line_id, batch_number: 'B6', product_id: null });
const linked = reads((tx) => linkUnits(tx, batch));
const inWindow = asks(getRows, { line_id, from: at('12:00'), to: at('13:00') });

testIndexes('production', tables, {
  plant: {
    rows: `
      insert into plant (${STAMPS}, code, name, timezone)
      select ${STAMPED}, 'P' || n, '', 'UTC'
      from generate_series(1, 2000) n`,
    indexes: {
      plant_pkey: HOLDS,
      plant_tenant_id_id_key: HOLDS,
      plant_tenant_id_code_key: HOLDS,
      plant_created: asks(listPlants),
    },
  },
  line: {
    rows: `
      insert into line (${STAMPS}, code, plant_id, name, is_active, hourly_cost, ideal_cycle_seconds,
        micro_stop_seconds, versions)
      select ${STAMPED}, 'L' || n, ${LINE}, '', n < 50, 1, 1, 1, '[]'
      from generate_series(1, 5000) n`,
    indexes: {
      line_pkey: HOLDS,
      line_tenant_id_id_key: HOLDS,
      line_tenant_id_code_key: HOLDS,
      line_created: asks(listLines),
      line_plant: reads((tx) => linesOfPlant(tx, rowId(7))),
    },
  },
  tenant_settings: { indexes: { tenant_settings_pkey: HOLDS, tenant_settings_tenant_id_key: HOLDS } },
  product: {
    rows: `
      insert into product (${STAMPS}, code, name, unit, unit_cost, salvage_value, cost_basis, versions)
      select ${STAMPED}, 'P' || n, '', 'pcs', 1, 0, 'full', '[]'
      from generate_series(1, 5000) n`,
    indexes: {
      product_pkey: HOLDS,
      product_tenant_id_id_key: HOLDS,
      product_tenant_id_code_key: HOLDS,
      product_created: asks(listProducts),
    },
  },
  batch_word: { indexes: { batch_word_pkey: HOLDS } },
  counter_reading: { indexes: { counter_reading_pkey: HOLDS } },
  counter_correction: { indexes: { counter_correction_pkey: HOLDS } },
  unit_correction: { indexes: { unit_correction_pkey: HOLDS } },
  master_size: { indexes: { master_size_pkey: HOLDS } },
  batch: {
    rows: `
      insert into batch (${STAMPS}, batch_number, line_id, product_id, status, started_at, completed_at, given)
      select ${STAMPED}, 'B' || n, ${LINE}, case when n <= 5000 then ${ID} end,
        case when n > 19900 then 'running' when n % 500 = 0 then 'cancelled' else 'completed' end,
        ${AT}, case when n <= 19900 then ${AT} + interval '1 minute' end,
        case when n % 2 = 0 then '{"good_count": {}}'::jsonb else '{}' end
      from generate_series(1, 20000) n`,
    indexes: {
      batch_pkey: HOLDS,
      batch_tenant_id_id_key: HOLDS,
      batch_tenant_id_line_id_batch_number_key: HOLDS,
      batch_created: asks(listBatches),
      batch_line: asks(listBatches, { line_id }),
      batch_product: asks(listBatches, { product_id: rowId(7) }),
      batch_status: asks(listBatches, { status: 'cancelled' }),
      batch_number: asks(listBatches, { batch_number: 'B7' }),
      batch_updated: asks(listBatches, { updated_since: '2026-03-15T20:00:00Z' }),
      batch_given: reads((tx) => givenAfter(tx, Batch, rowId(8), rowId(0))),
      batch_running: asks(getFigures, { line_id }),
      batch_started: inWindow,
      batch_lasting: reads((tx) => readCourses(tx, { line_id, from: at('2026-03-15T20:00Z'), to: null })),
    },
  },
  unit_count: {
    rows: `
      insert into unit_count (${STAMPS}, line_id, batch_id, batch_number, product_id, at, good, reject, given_good,
        given_unit)
      select ${STAMPED}, ${LINE}, case when n % 10 > 0 then ${ID} end, 'B' || n, case when n <= 5000 then ${ID} end,
        ${AT}, 1, 0, 6, case when n % 2 = 0 then 'bottle' end
      from generate_series(1, 20000) n`,
    indexes: {
      unit_count_pkey: HOLDS,
      unit_count_batch: asks(listCounts, { id: rowId(6) }),
      unit_count_line: inWindow,
      unit_count_unlinked: linked,
      unit_count_product: reads((tx) => hasQuantities(tx, rowId(6000))),
      unit_count_given: reads((tx) => givenAfter(tx, UnitCount, rowId(8), rowId(0))),
    },
  },
  scrap_event: {
    rows: `
      insert into scrap_event (${STAMPS}, line_id, batch_id, batch_number, product_id, at, quantity, unit, disposition,
        phase, given_unit)
      select ${STAMPED}, ${LINE}, case when n % 10 > 0 then ${ID} end, 'B' || n, case when n <= 5000 then ${ID} end,
        ${AT}, 1, 'pcs', 'scrap', 'production', case when n % 2 = 0 then 'bottle' end
      from generate_series(1, 20000) n`,
    indexes: {
      scrap_event_pkey: HOLDS,
      scrap_event_at: asks(listScrap),
      scrap_event_line: asks(listScrap, { line_id }),
      scrap_event_batch: asks(listScrap, { batch_id: rowId(6) }),
      scrap_event_product: asks(listScrap, { product_id: rowId(7) }),
      scrap_event_updated: asks(listScrap, { updated_since: '2026-03-15T20:00:00Z' }),
      scrap_event_unlinked: linked,
      scrap_event_given: reads((tx) => givenAfter(tx, ScrapEvent, rowId(8), rowId(0))),
    },
  },
});
