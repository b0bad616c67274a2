import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  batchCompleted,
  batchStarted,
  countLogged,
  downtimeEnded,
  getLineOee,
  scrapLogged,
  type ProductRow,
} from '@plantops/contracts';
import { aBatch, aCount, aScrap, aStop, at } from '@plantops/testing';
import { Ledger } from '../ledger-fixture.ts';

let ledger: Ledger;
let product: ProductRow;
beforeAll(async () => {
  ledger = await Ledger.start();
  product = await ledger.product({ unit_cost: 2 });
});
afterAll(() => ledger.close());

/** A batch that nobody completed and one that begins with it and has the higher id, with what was made and lost. */
const factsOf = (line_id: string) => {
  const of = { line_id, product_id: product.id };
  const first = aBatch({ ...of, id: ledger.nextId(), batch_number: 'B1' });
  const second = aBatch({ ...of, id: ledger.nextId(), batch_number: 'B2' });
  const completed = { ...second, version: 2, status: 'completed' as const, completed_at: at('10:00'), good_count: 400 };
  const { announce } = ledger.service;
  const say: typeof announce = (event, data) => announce.call(ledger.service, event, data);
  return {
    first: () => say(batchStarted, first),
    second: () => say(batchStarted, second),
    completed: () => say(batchCompleted, completed),
    count: () =>
      say(countLogged, aCount({ ...of, id: ledger.nextId(), batch_id: first.id, at: at('11:00'), good: 0, reject: 6 })),
    scrap: () =>
      say(
        scrapLogged,
        aScrap({ ...of, id: ledger.nextId(), batch_id: first.id, at: at('2026-03-04T08:00:00Z'), quantity: 2 }),
      ),
    stop: () =>
      say(downtimeEnded, aStop({ id: ledger.nextId(), line_id, start_time: at('08:00'), end_time: at('08:30') })),
  };
};
type Name = keyof ReturnType<typeof factsOf>;

/** The net rows and the figures of a line after these reports, one by one, without the ids. */
const outcomeOf = async (reports: readonly Name[]) => {
  const line = await ledger.line();
  const facts = factsOf(line.id);
  for (const name of reports) {
    await facts[name]();
    await ledger.service.settled();
  }
  const rows = (await ledger.net(line.id)).map(
    ({ rule, amount_usd, quantity, time_minutes, occurred_from, occurred_to }) =>
      [rule, amount_usd, quantity, time_minutes, occurred_from, occurred_to].join(' '),
  );
  const { terms } = await ledger.service.call(getLineOee, {
    id: line.id,
    from: at('00:00'),
    to: at('2026-03-05T00:00:00Z'),
  });
  return { rows: rows.sort(), terms };
};

const OWN_ORDER: readonly Name[] = ['first', 'second', 'completed', 'stop', 'scrap', 'count'];

test('two batches that begin at the same instant: the one with the higher id has the line, the other one is closed and pays its rejects', async () => {
  const { rows, terms } = await outcomeOf(OWN_ORDER);
  expect(rows.map((row) => row.split(' ')[0])).toEqual(['scrap', 'slow_cycle', 'stop', 'unplaced_reject']);
  expect(terms).toMatchObject({ pbt_minutes: 240, apt_minutes: 210 });
});

const ORDERS: readonly (readonly Name[])[] = [
  ['second', 'completed', 'first', 'stop', 'scrap', 'count'],
  ['count', 'scrap', 'stop', 'completed', 'second', 'first'],
  ['scrap', 'first', 'count', 'stop', 'second', 'completed'],
  ['first', 'count', 'scrap', 'completed', 'second', 'stop'],
];
test.each(ORDERS)(
  'two batches that begin at the same instant: ledger and figures are the same whichever is reported first (%s, %s, …)',
  async (...reports) => {
    expect(await outcomeOf(reports)).toEqual(await outcomeOf(OWN_ORDER));
  },
);
