/** The plant itself publishes again what nats-server lost, and events that are published twice take effect once. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { SECRETS_FILE, type Secrets } from '@plantops/operations';
import { Database, sendMissing, type Tables } from '@plantops/persistence';
import { askMissing, Bus, createLogger } from '@plantops/service-kit';
import { waitFor } from '@plantops/fixtures';
import { ROOT } from '@plantops/plant';
import { databaseUrlOf, PlantTables, PlantUnderTest } from '@plantops/testing/plant';
import { ForgetfulNats } from './forgetting/forgetful-nats.ts';

let plant: PlantUnderTest;
let nats: ForgetfulNats;
let tables: PlantTables;
let plantId: string;
let lineId: string;
let hour = 0;
beforeAll(async () => {
  plant = await PlantUnderTest.create();
  await plant.start();
  nats = new ForgetfulNats(plant);
  tables = await PlantTables.open(plant.dataDir);
  const { body } = await plant.rest<{ id: string }>('POST', '/plants', { code: 'AKR', name: 'Akron', timezone: 'UTC' });
  plantId = body.id;
  lineId = await reportLine('L1');
}, 120_000);
afterAll(async () => {
  await tables.close();
  await plant.remove();
});
beforeEach(() => isPaid(reportStop()), 60_000);

/** Reports another stop of one hour, which costs 60 dollars. */
async function reportStop(): Promise<string> {
  const at = (from: number) => new Date(Date.parse('2026-03-02T00:00:00Z') + from * 3_600_000).toISOString();
  hour += 2;
  const stop = { line_id: lineId, start_time: at(hour), end_time: at(hour + 1), reason_category: 'mechanical' };
  const { status, body } = await plant.rest<{ id: string }>('POST', '/downtimes', stop);
  expect(status).toBe(201);
  return body.id;
}
const costOf = async (stop: string) =>
  (await plant.rest<{ cost_impact: number }>('GET', `/downtimes/${stop}`)).body.cost_impact;
/** Waits for the stop's cost: money-leaks consumes the stop's event, and downtimes the event of the posting. */
async function isPaid(stop: string | Promise<string>): Promise<string> {
  const id = await stop;
  await waitFor('the cost of the stop', async () => (await costOf(id)) === 60, 20_000);
  return id;
}
const count = async (
  service: 'downtimes' | 'money-leaks' | 'trials' | 'production',
  text: string,
  values: unknown[] = [],
) => Number((await tables.query<{ count: string }>(service, `select count(*) from ${text}`, values))[0]?.count);
const allSent = (service: 'downtimes' | 'production' = 'downtimes') =>
  waitFor(
    `the outbox of ${service} to be sent`,
    async () => (await count(service, 'outbox where published_at is null')) === 0,
    20_000,
  );
/** Reports another line. Returns its id. */
async function reportLine(code: string): Promise<string> {
  const line = { code, plant_id: plantId, name: code, hourly_cost: 60, ideal_cycle_seconds: 1 };
  return (await plant.rest<{ id: string }>('POST', '/lines', line)).body.id;
}
/** Checks that every stop has one posting and its cost. */
async function expectEverythingOnce(...stops: readonly string[]) {
  expect(await count('money-leaks', 'money_leak where line_id = $1', [lineId])).toBe(hour / 2);
  expect(await Promise.all(stops.map(costOf))).toEqual(stops.map(() => 60));
}
/** Opens a live stream. Returns a function that returns whether the gateway has closed it. */
async function openLiveStream(): Promise<() => boolean> {
  const { gateway_url, tenants } = await plant.ready();
  const headers = { authorization: `Bearer ${tenants['akron']?.tokens.viewer}` };
  const { body } = await fetch(`${gateway_url}/api/v1/plant-ops/stream`, { headers });
  let isClosed = false;
  void (body as ReadableStream).pipeTo(new WritableStream()).finally(() => (isClosed = true));
  return () => isClosed;
}
/** Does the work while a service is paused: events of that time are in the stream and not consumed yet. */
async function whileHanging<T>(service: string, work: () => Promise<T>): Promise<T> {
  const pid = await plant.pidOf(service);
  process.kill(pid, 'SIGSTOP');
  try {
    return await work();
  } finally {
    process.kill(pid, 'SIGCONT');
  }
}

describe('nats-server', () => {
  test('lost the end of its streams: the lost events are published again and applied once, and later events are not skipped', async () => {
    await nats.remember();
    const stops = [await isPaid(reportStop()), await isPaid(reportStop()), await isPaid(reportStop())];
    const isClosed = await openLiveStream();
    const waiting = await whileHanging('money-leaks', async () => {
      const stop = await reportStop();
      await allSent();
      await nats.loseTail();
      return stop;
    });
    const after = [await isPaid(waiting), await isPaid(reportStop())];
    await waitFor('the live stream to be closed, so that its client connects again', isClosed);
    expect(await count('downtimes', 'outbox where times_again > 0')).toBeGreaterThanOrEqual(4);
    expect(plant.output).toMatch(
      /consumer money-leaks_akron of EVENTS was at \d+ of a stream that ends at \d+: created again/,
    );
    await expectEverythingOnce(...stops, ...after);
  }, 120_000);

  test('lost line events too: the next acknowledged line event is not skipped', async () => {
    const event = (id: string, from: string) => ({
      line: 'L1',
      kind: 'count',
      id,
      at: `2026-03-01T${from}:00:00Z`,
      good: 1,
    });
    const counted = async (number: number) =>
      waitFor(
        'the counts',
        async () => (await count('production', 'line_event where event_id like $1', ['count-%'])) === number,
        20_000,
      );
    expect(await plant.publishEvents([event('count-1', '08')])).toMatchObject({ code: 0 });
    await counted(1);
    await nats.remember();
    expect(await plant.publishEvents([event('count-2', '09'), event('count-3', '10')])).toMatchObject({ code: 0 });
    await counted(3);
    await nats.loseTail();
    expect(await plant.publishEvents([event('count-4', '11')])).toMatchObject({ code: 0 });
    await counted(4);
  }, 120_000);

  test('lost everything: its streams are created again and get the events of the outboxes, which take effect once', async () => {
    let lost = new Date();
    const waiting = await whileHanging('money-leaks', async () => {
      const stop = await reportStop();
      await allSent();
      lost = new Date();
      await nats.loseEverything();
      return stop;
    });
    await expectEverythingOnce(await isPaid(waiting), await isPaid(reportStop()));
    await allSent();
    expect(await count('downtimes', 'outbox where times_again = 0')).toBeLessThanOrEqual(1);
    await waitFor(
      'production to publish the line again',
      async () => (await count('production', 'outbox where row_id = $1 and published_at > $2', [lineId, lost])) === 1,
      20_000,
    );
    await allSent('production');
  }, 120_000);
});

describe('anti-entropy', () => {
  /** Runs anti-entropy like a copy of production. Returns the number of events sent again. */
  const ask = async () => {
    const secrets = JSON.parse(await readFile(join(plant.dataDir, SECRETS_FILE), 'utf8')) as Secrets;
    const url = new URL((await plant.ready()).nats_url);
    [url.username, url.password] = ['production', secrets.services.production.nats];
    const own = new URL(await databaseUrlOf(plant.dataDir));
    [own.pathname, own.username, own.password] = [
      '/plantops_production',
      'plantops_production',
      secrets.services.production.database,
    ];
    const logger = createLogger('test', 'silent');
    const bus = await Bus.connect('production', url.href, logger);
    const source = (await import(join(ROOT, 'services/production/src/database.ts'))) as { tables: Tables };
    const database = await Database.open({ url: own.href, ...source.tables, log: logger });
    const sent = await sendMissing(database, 'production', askMissing(bus, 'production'));
    await Promise.all([database.close(), bus.close()]);
    return sent;
  };
  test('an event that a listener lacks reaches it, although the broker has the event and remembers its id', async () => {
    // A line of its own: its event comes after all that the tests before made production publish again.
    const own = await reportLine('L2');
    const isKnown = async () => (await count('trials', 'master where id = $1', [own])) === 1;
    await waitFor('trials to know the line', isKnown);
    await allSent('production');
    const [created] = await tables.query<{ event_id: string }>(
      'production',
      "select event_id from outbox where row_id = $1 and entity = 'line'",
      [own],
    );
    await tables.query('trials', 'delete from inbox where event_id = $1', [created?.event_id]);
    await tables.query('trials', 'delete from master where id = $1', [own]);
    expect(await ask()).toBe(0);
    await tables.query(
      'production',
      "update outbox set published_at = published_at - interval '10 minutes' where event_id = $1",
      [created?.event_id],
    );
    expect(await ask()).toBe(1);
    await waitFor('trials to know the line', isKnown);
    expect(await ask()).toBe(0);
  }, 60_000);
});
