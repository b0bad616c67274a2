import { rowId } from '@plantops/testing';
import { asks, HOLDS, TENANT, testIndexes } from '@plantops/testing/indexes';
import { tables } from './database.ts';
import { getFigures } from './figures/get-figures.ts';
import { listTrials } from './trials/list-trials.ts';

const ID = "('0190c0de-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid";
const LINE = "('0190c0de-0000-7000-8000-' || lpad(to_hex(1 + n % 100), 12, '0'))::uuid";

testIndexes('trials', tables, {
  trial: {
    rows: `
      insert into trial (id, tenant_id, version, created_at, updated_at, created_by, updated_by, trial_number, name,
        plant_id, line_id, parameters, success_criteria, status, suggested_by_ai)
      select ${ID}, '${TENANT}', 1, now() - n * interval '1 minute', now(), 'test', 'test', n, '', ${LINE}, ${LINE},
        '[]', '[]', case when n % 500 = 0 then 'in_progress' else 'completed' end, false
      from generate_series(1, 20000) n`,
    indexes: {
      trial_pkey: HOLDS,
      trial_tenant_id_trial_number_key: HOLDS,
      trial_created: asks(listTrials),
      trial_line: asks(listTrials, { line_id: rowId(7) }),
      trial_active: asks(getFigures),
    },
  },
  trial_number: { indexes: { trial_number_pkey: HOLDS } },
});
