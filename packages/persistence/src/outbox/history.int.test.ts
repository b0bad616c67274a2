import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { limitBreached, plantCreated, plantUpdated } from '@plantops/contracts';
import { aPlant, PLANT_ID, rowId, waitFor } from '@plantops/fixtures';
import { TestDatabase } from '../database/database-fixture.ts';
import type { Database } from '../database/database.ts';
import { FakeBroker } from './fake-broker.ts';
import { listHistory } from './history.ts';
import { announce, announcement } from './outbox.ts';
import { startRelay } from './relay.ts';

let own: TestDatabase;
let database: Database;
beforeAll(async () => {
  own = await TestDatabase.create();
  database = await own.open();
  await database.transact('akron', async (tx) => {
    const at = '2026-03-02T08:00:00.000Z';
    await announce(tx, [announcement(plantCreated, aPlant(), PLANT_ID)], { actor: 'ada' }, at);
    await announce(
      tx,
      [announcement(plantUpdated, aPlant({ version: 2, name: 'Works', updated_by: 'bob' }), PLANT_ID)],
      { actor: 'bob' },
      at,
    );
  });
});
afterAll(() => own.drop());

const ask = (more: object = {}, tenant = 'akron') =>
  listHistory(database)(
    { resource: 'plants', id: PLANT_ID, limit: 50, sort: '-time', ...more },
    { tenant, actor: 'ada' },
  );

const expected = [
  {
    type: 'plant.updated',
    actor: 'bob',
    version: 2,
    changes: [{ field: 'name', before: 'Akron', after: 'Works' }],
  },
  {
    type: 'plant.created',
    actor: 'ada',
    version: 1,
    changes: expect.arrayContaining([{ field: 'code', before: null, after: 'AKR' }]),
  },
];

test('the history lists who changed what, the newest change first, page by page', async () => {
  expect((await ask()).items).toMatchObject(expected);
  const first = await ask({ limit: 1 });
  expect(first).toMatchObject({ total: 2, items: [expected[0]] });
  expect((await ask({ limit: 1, cursor: first.next_cursor })).items).toMatchObject([expected[1]]);
});

test('the history of a row of another tenant, of another kind of row, or of an unknown id is not found', async () => {
  for (const unknown of [() => ask({}, 'globex'), () => ask({ resource: 'lines' }), () => ask({ id: rowId(99) })])
    await expect(unknown()).rejects.toMatchObject({ code: 'not_found' });
});

test('events that are deleted from the outbox stay in the history', async () => {
  await own.owner.query("update outbox set published_at = now() - interval '15 days'");
  const stop = startRelay(database, new FakeBroker(), { cleanEveryMs: 1 });
  await waitFor('the outbox to be cleaned', async () => (await own.owner.query('select from outbox')).rowCount === 0);
  await stop();
  expect((await ask()).items).toMatchObject(expected);
});

test('an event that changes no row, such as a breached limit, is not in the history', async () => {
  const crossing = {
    id: PLANT_ID,
    line_id: rowId(2),
    code: 'T1',
    name: 'Oven',
    unit: '°C',
    side: 'high' as const,
    limit: 200,
    value: 210,
    at: '2026-03-02T08:00:00.000Z',
  };
  await database.transact('akron', (tx) =>
    announce(tx, [announcement(limitBreached, crossing, PLANT_ID)], { actor: 'line:L1' }, '2026-03-02T08:00:00.000Z'),
  );
  await expect(ask({ resource: 'sensors' })).rejects.toMatchObject({ code: 'not_found' });
});
