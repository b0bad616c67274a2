import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { downtimeAmended, downtimeEnded, getByCategory, getMoneyLeakOverview } from '@plantops/contracts';
import { aStop, at } from '@plantops/testing';
import { Ledger } from '../ledger-fixture.ts';

let ledger: Ledger;
let clock = at('09:00');
beforeAll(async () => {
  ledger = await Ledger.start({ now: () => clock });
});
afterAll(() => ledger.close());

/**
 * When the stop of 08:00 was reported and corrected: within the hour, 48 hours later to the millisecond, and days
 * later.
 */
const RECORDED = [
  at('09:00'),
  at('10:00'),
  at('2026-03-04T08:00:00Z'),
  at('2026-03-04T08:00:00.001Z'),
  at('2026-03-06T12:00:00Z'),
];
const moved = (instant: string, ms: number) => new Date(Date.parse(instant) + ms).toISOString();

test.each([
  ['a whole day', at('00:00'), at('2026-03-03T00:00:00Z')],
  ['a whole month', at('2026-03-01T00:00:00Z'), at('2026-04-01T00:00:00Z')],
  ['a part of a day', at('07:00'), at('12:00')],
])(
  'the total of %s is, as of each instant, what the ledger said then, however late a correction came',
  async (_window, from, to) => {
    const line = await ledger.line();
    const stop = aStop({ id: ledger.nextId(), line_id: line.id });
    for (const [index, recorded] of RECORDED.entries()) {
      clock = recorded;
      const end_time = moved(at('08:20'), index * 600_000);
      await ledger.service.announce(index === 0 ? downtimeEnded : downtimeAmended, {
        ...stop,
        version: index + 1,
        end_time,
      });
      await ledger.service.settled();
    }
    const scope = { line_id: line.id, from, to };
    const total = async (as_of: string) =>
      (await ledger.service.call(getByCategory, { ...scope, as_of })).items[0]?.total ?? 0;
    // Each correction adds ten minutes, which are 50 dollars.
    for (const [index, recorded] of RECORDED.entries()) {
      expect([recorded, 'just before', await total(moved(recorded, -1))]).toEqual([
        recorded,
        'just before',
        index === 0 ? 0 : 50 + index * 50,
      ]);
      expect([recorded, 'then', await total(recorded)]).toEqual([recorded, 'then', 100 + index * 50]);
    }
    expect(await ledger.service.call(getMoneyLeakOverview, scope)).toMatchObject({ total_amount_usd: 300 });
  },
);
