import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import {
  batchCompleted,
  countLogged,
  downtimeEnded,
  downtimeStarted,
  lineUpdated,
  scrapLogged,
  type CloudEvent,
  type EventContract,
  type LineRow,
} from '@plantops/contracts';
import { Database, Sql, Tx } from '@plantops/persistence';
import { aBatch, aCount, aScrap, aStop, at } from '@plantops/testing';
import type { z } from 'zod';
import { tables } from '../database.ts';
import { Ledger } from '../ledger-fixture.ts';
import { onFacts } from './on-facts.ts';
import { overlapping } from '../facts/sql.ts';
import { limitFacts, MOST_FACTS } from './limit-facts.ts';

let ledger: Ledger;
let database: Database;
let product_id: string;
beforeAll(async () => {
  ledger = await Ledger.start();
  database = await Database.open({
    url: ledger.service.databaseUrl,
    ...tables,
    log: { info: () => {}, warn: () => {}, error: () => {} },
  });
  product_id = (await ledger.product()).id;
});
afterAll(async () => {
  await database.close();
  await ledger.close();
});

const eventOf = <D extends { id: string }>({ type, service }: EventContract<z.ZodType<D>>, data: D): CloudEvent => ({
  specversion: '1.0',
  id: randomUUID(),
  source: `/plantops/${service}`,
  type,
  subject: data.id,
  time: at('12:00'),
  datacontenttype: 'application/json',
  tenantid: 'akron',
  actor: 'test',
  data,
});

/** Five events of a line that post rows of every kind and correct each other. */
const eventsOf = ({ id: line_id }: LineRow, hour: number): CloudEvent[] => {
  const batch_id = ledger.nextId();
  const of = { line_id, batch_id, product_id };
  const time = (minutes: number) => at(`${String(hour).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`);
  const batch = {
    id: batch_id,
    batch_number: `B${batch_id}`,
    line_id,
    product_id,
    started_at: time(0),
    completed_at: time(50),
    good_count: 20,
  };
  return [
    eventOf(batchCompleted, aBatch(batch)),
    eventOf(downtimeEnded, aStop({ id: ledger.nextId(), line_id, start_time: time(10), end_time: time(20) })),
    eventOf(
      downtimeEnded,
      aStop({ id: ledger.nextId(), line_id, start_time: time(15), end_time: time(25), is_planned: true }),
    ),
    eventOf(countLogged, aCount({ ...of, id: ledger.nextId(), at: time(30), good: 10, reject: 2 })),
    eventOf(scrapLogged, aScrap({ ...of, id: ledger.nextId(), at: time(31), quantity: 1 })),
  ];
};
const statementsFor = async (events: readonly CloudEvent[]): Promise<number> => {
  const sent = jest.spyOn(Tx.prototype, 'query');
  const own = await database.transact('akron', async (tx) => {
    await onFacts({ now: () => at('23:00') })(events, tx);
    return tx;
  });
  // The service itself works beside the test: its statements are not counted.
  const { length } = sent.mock.contexts.filter((tx) => tx === own);
  sent.mockRestore();
  return length;
};

test('a chunk of 500 events of twenty lines costs as many statements as one of ten: a few dozen', async () => {
  const lines: LineRow[] = [];
  for (let index = 0; index < 22; index += 1) lines.push(await ledger.line());
  const few = await statementsFor(lines.slice(0, 2).flatMap((line) => eventsOf(line, 6)));
  const many = await statementsFor(
    lines.slice(2).flatMap((line) => [6, 8, 10, 12, 14].flatMap((hour) => eventsOf(line, hour))),
  );
  expect(few).toBeGreaterThan(10);
  expect(many).toBeLessThanOrEqual(few);
  expect(many).toBeLessThanOrEqual(45);
  const again = await statementsFor(
    lines.slice(2).flatMap((line) => [7, 9, 11, 13, 15].flatMap((hour) => eventsOf(line, hour))),
  );
  expect(again).toBeLessThanOrEqual(45);
});

test('stops that have lasted for days are posted together, not each with all the time up to now', async () => {
  const line = await ledger.line();
  const open = (day: number) =>
    aStop({ id: ledger.nextId(), line_id: line.id, start_time: `2026-02-${day}T10:00:00.000Z`, end_time: null });
  expect(
    await statementsFor([10, 13, 16, 19, 22, 25].map((day) => eventOf(downtimeStarted, open(day)))),
  ).toBeLessThanOrEqual(45);
});

test('intervals of a line that lie years apart are posted one after the other, without what lies between them', async () => {
  const line = await ledger.line();
  const stops = ['2024-03-02', '2026-03-02'].map((date) =>
    aStop({
      id: ledger.nextId(),
      line_id: line.id,
      start_time: `${date}T10:00:00.000Z`,
      end_time: `${date}T10:20:00.000Z`,
    }),
  );
  const read = jest.spyOn(Tx.prototype, 'query');
  await database.transact('akron', (tx) =>
    onFacts({ now: () => at('23:00') })(
      stops.map((stop) => eventOf(downtimeEnded, stop)),
      tx,
    ),
  );
  const windows = read.mock.calls
    .filter(([text]) => (text instanceof Sql ? text.text : text) === overlapping(`'stop', 'batch'`))
    .map(([, values]) => (values as string[][])[2]?.[0]);
  read.mockRestore();
  expect((await ledger.net(line.id)).map(({ occurred_from }) => occurred_from)).toEqual(
    stops.map(({ start_time }) => start_time),
  );
  expect(windows.map((since) => since?.slice(0, 4))).toEqual(['2024', '2026']);
});

test('an interval with more facts than there is room for is not posted: the error names the line', async () => {
  const line = await ledger.line();
  const events = [0, 1, 2].map((minute) =>
    eventOf(scrapLogged, aScrap({ id: ledger.nextId(), line_id: line.id, product_id, at: at(`10:0${minute}`) })),
  );
  await database.transact('akron', (tx) => onFacts({ now: () => at('23:00') })(events, tx));
  const interval = { from: Date.parse(at('09:00')), to: Date.parse(at('11:00')) };
  const look = (most: number) =>
    database.transact('akron', (tx) => limitFacts(tx, [{ line_id: line.id, interval }], ['scrap'], most));
  await look(3);
  await expect(look(2)).rejects.toThrow(`more than 2 facts of line ${line.id}`);
});

test('a price that changes more facts than there is room for at once is posted in parts', async () => {
  const line = await ledger.line({ hourly_cost: 60 });
  const [first, days] = ['2026-03-01T00:00:10.000Z', 13];
  const count = aCount({
    id: ledger.nextId(),
    line_id: line.id,
    batch_id: null,
    batch_number: null,
    product_id,
    at: first,
  });
  // A count each ten seconds: more than is read of a line at once.
  const { rowCount } = await ledger.service.rows.query(
    `insert into fact (tenant_id, kind, id, version, line_id, product_id, began, ended, data)
     select 'akron', 'count', id, 1, $1, $2, at, at,
       $3::jsonb || jsonb_build_object('id', id, 'at', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
     from (
       select gen_random_uuid() as id, at
       from generate_series($4::timestamptz, $4::timestamptz + $5 * interval '1 day', interval '10 seconds') as s(at)) c`,
    [line.id, product_id, JSON.stringify(count), first, days],
  );
  expect(rowCount).toBeGreaterThan(MOST_FACTS);
  const scraps = Array.from({ length: days }, (_, day) =>
    aScrap({
      id: ledger.nextId(),
      line_id: line.id,
      batch_id: null,
      batch_number: null,
      product_id,
      at: `2026-03-${String(day + 1).padStart(2, '0')}T10:00:00.000Z`,
    }),
  );
  for (const scrap of scraps) await ledger.service.announce(scrapLogged, scrap);
  await ledger.service.settled(30_000);
  const costs = async () =>
    (await ledger.net(line.id)).map(({ hourly_cost, time_minutes }) => [hourly_cost, time_minutes]);
  const before = await costs();
  expect(before).toHaveLength(days);
  await ledger.service.announce(lineUpdated, {
    ...line,
    version: 2,
    versions: line.versions.map((one) => ({ ...one, ideal_cycle_seconds: 60 })),
  });
  await ledger.service.settled(30_000);
  expect((await costs()).map(([, minutes]) => minutes)).toEqual(before.map(([, minutes]) => (minutes as number) * 2));
}, 60_000);
