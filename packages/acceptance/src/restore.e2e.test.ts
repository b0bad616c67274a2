/**
 * A database is restored from a backup: after the steps of docs/operations.md, everything since then is there again,
 * once.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { waitFor } from '@plantops/fixtures';
import { runCommand } from '@plantops/servers';
import { SECRETS_FILE, type Secrets } from '@plantops/operations';
import { ROOT } from '@plantops/plant';
import { PlantTables, PlantUnderTest } from '@plantops/testing/plant';
import { waitForQuiet } from './audit/quiet.ts';
import { Backup } from './restore/backup.ts';
import { documented } from './restore/documented.ts';

let plant: PlantUnderTest;
let lineId: string;
beforeAll(async () => {
  plant = await PlantUnderTest.create();
  await plant.start();
  const { body } = await plant.rest<{ id: string }>('POST', '/plants', { code: 'AKR', name: 'Akron', timezone: 'America/New_York' });
  await plant.rest('POST', '/products', { code: 'COLA', name: 'Cola', unit_cost: 2, salvage_value: 0.5 });
  const line = { code: 'L1', plant_id: body.id, name: 'L1', hourly_cost: 60, ideal_cycle_seconds: 2 };
  lineId = (await plant.rest<{ id: string }>('POST', '/lines', line)).body.id;
}, 120_000);
afterAll(() => plant.remove());

const at = (time: string) => `2026-03-02T${time}:00Z`;
const WINDOW = `from=${at('00:00')}&to=2026-03-03T00:00:00Z`;
async function publish(...events: object[]) {
  expect(await plant.publishEvents(events.map((event) => ({ line: 'L1', ...event })))).toMatchObject({ code: 0 });
}
async function asked<T>(method: string, path: string, body?: object): Promise<T> {
  const answer = await plant.rest<T>(method, path, body);
  expect(answer).toMatchObject({ status: method === 'POST' ? 201 : 200 });
  return answer.body;
}
async function inTables<T>(work: (tables: PlantTables) => Promise<T>): Promise<T> {
  const tables = await PlantTables.open(plant.dataDir);
  try {
    return await work(tables);
  } finally {
    await tables.close();
  }
}
const quiet = (lastEvent: string) => inTables((tables) => waitForQuiet(tables, 'akron', lastEvent));

type Stop = { id: string; start_time: string; cost_impact: number };
const stopAt = (time: string, until: string) =>
  asked<Stop>('POST', '/downtimes', { line_id: lineId, start_time: at(time), end_time: at(until), reason_category: 'electrical' });
const stops = async () => (await asked<{ items: Stop[] }>('GET', `/downtimes?line_id=${lineId}`)).items;

/** All figures of money-leaks about the line, and the costs in downtimes. */
const figures = async () => ({
  byCategory: await asked('GET', `/money-leaks/by-category?line_id=${lineId}&${WINDOW}`),
  byReason: await asked('GET', `/downtimes/by-reason?line_id=${lineId}&${WINDOW}`),
  oee: await asked('GET', `/lines/${lineId}/oee?${WINDOW}`),
  timeline: await asked('GET', `/lines/${lineId}/timeline?${WINDOW}`),
  reconciliation: await asked<{ imbalance_minutes: number }>('GET', `/money-leaks/reconciliation?line_id=${lineId}&${WINDOW}`),
  stops: await stops(),
});
/** The rows of the ledger that are neither reversals nor reversed. */
const ledger = () =>
  inTables((tables) =>
    tables.query<{ amount: string }>(
      'money-leaks',
      `select source_type, source_id, rule, category, occurred_from, occurred_to, batch_id, time_ms, quantity, amount
       from money_leak posted
       where line_id = $1 and reverses_id is null
         and not exists (select from money_leak taken where taken.reverses_id = posted.id)
       order by source_id, rule, occurred_from, batch_id`,
      [lineId],
    ),
  );

async function provisionAgain(): Promise<string> {
  const { provisioner } = JSON.parse(await readFile(join(plant.dataDir, SECRETS_FILE), 'utf8')) as Secrets;
  const url = new URL((await plant.ready()).nats_url);
  [url.username, url.password] = ['provisioner', provisioner];
  const script = ['--conditions=@plantops/source', '--no-warnings', join(ROOT, 'packages/operations/src/provision.ts')];
  return runCommand(process.execPath, [...script, ...documented().provision], { env: { PLANTOPS_NATS_URL: url.href }, cwd: ROOT });
}

test('after a restore of money-leaks, everything since the backup is in the ledger and the figures again, once', async () => {
  const backup = new Backup(plant);
  await publish(
    { kind: 'batch.started', id: 'b-1', batch_number: 'B-1', at: at('06:00'), product_code: 'COLA' },
    { kind: 'downtime.ended', id: 'd-1', start_time: at('08:00'), end_time: at('08:20'), reason_category: 'mechanical' },
    { kind: 'scrap', id: 's-1', at: at('07:00'), quantity: 20, batch_number: 'B-1' },
    { kind: 'count', id: 'c-1', at: at('07:00'), good: 1_000, batch_number: 'B-1' },
  );
  const voided = await stopAt('09:00', '09:30');
  await quiet('c-1');
  await backup.save();

  // Since the backup: a corrected stop, a voided stop, new stops, units, the end of the batch and a new price.
  const early = (await stops()).find(({ start_time }) => Date.parse(start_time) === Date.parse(at('08:00')));
  await asked('PUT', `/downtimes/${early?.id}`, { end_time: at('08:40') });
  await asked('DELETE', `/downtimes/${voided.id}`, { reason: 'it ran' });
  await stopAt('10:00', '11:00');
  await asked('PUT', `/lines/${lineId}`, { hourly_cost: 90, valid_from: at('10:30') });
  await publish(
    { kind: 'count', id: 'c-2', at: at('11:30'), good: 2_000, batch_number: 'B-1' },
    { kind: 'scrap', id: 's-2', at: at('12:00'), quantity: 7, batch_number: 'B-1' },
    { kind: 'downtime.ended', id: 'd-2', start_time: at('12:00'), end_time: at('12:10'), reason_category: 'changeover' },
    { kind: 'batch.completed', id: 'b-2', batch_number: 'B-1', at: at('14:00'), good_count: 9_000, scrap_count: 30 },
  );
  await quiet('b-2');
  const before = { figures: await figures(), ledger: await ledger() };
  expect(before.ledger.length).toBeGreaterThan(5);
  expect(before.figures.reconciliation.imbalance_minutes).toBe(0);

  await backup.restore(async () => {
    expect(await provisionAgain()).toContain(
      'consumer money-leaks_akron of EVENTS was to deliver again: created again, it delivers all messages again',
    );
  });
  await quiet('b-2');
  await backup.setCosts();
  expect({ figures: await figures(), ledger: await ledger() }).toEqual(before);

  // New events are posted as before.
  const { id } = await stopAt('13:00', '13:20');
  await waitFor('the cost of the stop', async () => (await stops()).find((stop) => stop.id === id)?.cost_impact === 30, 20_000);
}, 300_000);
