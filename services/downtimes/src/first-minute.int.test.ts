import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { lineCreated } from '@plantops/contracts';
import { aLine, rowId, ServiceHarness, waitFor } from '@plantops/testing';
import { readConfig } from './config.ts';
import { start } from './service.ts';

const LINES = 500;
let downtimes: ServiceHarness;
beforeAll(async () => {
  downtimes = await ServiceHarness.start('downtimes', start, readConfig);
  await downtimes.rows.query('alter table master set (autovacuum_enabled = off)');
});
afterAll(() => downtimes.close());

test('after many lines were announced to a new service, it updates the statistics of their table itself', async () => {
  const lines = Array.from({ length: LINES }, (_, n) => aLine({ id: rowId(1000 + n), code: `L${n}` }));
  await Promise.all(lines.map((line) => downtimes.announce(lineCreated, line)));
  await downtimes.settled();
  const isAnalyzed = async () => {
    const { rows } = await downtimes.rows.query<{ count: string }>(
      "select analyze_count as count from pg_stat_user_tables where relname = 'master'",
    );
    return Number(rows[0]?.count) > 0;
  };
  expect(await waitFor('the statistics', isAnalyzed)).toBe(true);
});
