import { rowId } from '@plantops/testing';
import { asks, HOLDS, TENANT, testIndexes } from '@plantops/testing/indexes';
import { tables } from './database.ts';
import { getFigures } from './figures/get-figures.ts';
import { tidyWaiting } from './readings/tidy-waiting.ts';
import { breachDue } from './sensors/breach-due.ts';
import { listSensors } from './sensors/list-sensors.ts';

const ID = "('0190c0de-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid";
const LINE = "('0190c0de-0000-7000-8000-' || lpad(to_hex(1 + n % 100), 12, '0'))::uuid";

testIndexes('sensors', tables, {
  sensor: {
    rows: `
      insert into sensor (id, tenant_id, version, created_at, updated_at, created_by, updated_by, code, line_id,
        line_code, name, unit, kind)
      select ${ID}, '${TENANT}', 1, now() - n * interval '1 minute', now(), 'test', 'test', 'S' || n, ${LINE}, 'L1', '',
        'bar', case when n % 500 = 0 then 'pressure' else 'temperature' end
      from generate_series(1, 20000) n`,
    indexes: {
      sensor_pkey: HOLDS,
      sensor_tenant_id_line_code_code_key: HOLDS,
      sensor_created: asks(listSensors),
      sensor_line: asks(listSensors, { line_id: rowId(7) }),
      sensor_code: asks(listSensors, { code: 'S7' }),
      sensor_kind: asks(listSensors, { kind: 'pressure' }),
    },
  },
  sensor_state: {
    rows: `
      insert into sensor_state (tenant_id, sensor_id, breached_side, breached_since, pending_due)
      select '${TENANT}', ${ID}, case when n % 500 = 0 then 'high' end, case when n % 500 = 0 then now() end,
        case when n % 500 = 1 then now() end
      from generate_series(1, 20000) n`,
    indexes: {
      sensor_state_pkey: HOLDS,
      sensor_state_breached: asks(getFigures),
      sensor_state_due: (database) => breachDue(database, '2026-03-02T00:00:00.000Z'),
    },
  },
  reading: { indexes: { reading_pkey: HOLDS } },
  waiting_reading: {
    rows: `
      insert into waiting_reading (tenant_id, line_code, sensor_code, at, value, quality, received_at)
      select '${TENANT}', 'L2', 'S' || n, now(), 1, 'good', now() - n * interval '1 second'
      from generate_series(1, 20000) n`,
    indexes: {
      waiting_reading_pkey: HOLDS,
      waiting_reading_age: (database) =>
        tidyWaiting({ database, now: () => new Date().toISOString() } as Parameters<typeof tidyWaiting>[0]),
    },
  },
});
