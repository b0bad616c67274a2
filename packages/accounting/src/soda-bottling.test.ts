import { expect, test } from '@jest/globals';
import { kpis, layTime, termsOf, type Batch, type Stop } from './index.ts';
import { batch, EVER, line, stop } from './line-fixture.ts';

/**
 * A real line, 29 to 31 August 2024 (Maven Analytics, sample "Manufacturing Downtime"): start, product and the
 * minutes of each batch's stops, laid end to end from its start. Every batch needs 60 minutes without them.
 */
const BATCHES = `
29T11:50 OR 60 15 | 29T14:05 LE 20 20 | 29T15:45 LE 50 | 29T17:35 LE 25 15 | 29T19:15 LE 24 | 29T20:39 LE
29T21:39 LE 10 5 | 30T04:05 CO 14 16 10 20 | 30T06:05 CO 25 | 30T07:30 CO 20 15 17 | 30T09:22 CO 15
30T10:37 CO 25 | 30T12:02 CO 43 30 | 30T14:15 CO 20 20 | 30T15:55 CO 10 10 | 30T17:15 CO 44 | 30T18:59 CO 23
30T20:22 CO 22 30 | 30T22:14 CO 15 | 31T07:45 CO 20 | 31T09:05 CO 20 10 | 31T10:35 CO | 31T11:35 DC 20
31T12:55 DC 30 20 | 31T14:45 DC 30 15 | 31T16:30 DC`
  .trim()
  .split(/ \| |\n/);

const MINUTE = 60_000;
const batches: Batch[] = [];
const stops: Stop[] = [];
for (const [index, entry] of BATCHES.entries()) {
  const [start = '', product = '', ...minutes] = entry.split(' ');
  let at = Date.parse(`2024-08-${start}:00Z`);
  const iso = (): string => new Date(at).toISOString();
  const from = iso();
  for (const [part, length] of minutes.entries()) {
    const began = iso();
    at += Number(length) * MINUTE;
    stops.push(stop(`s${index}.${part}`, began, iso(), 'other'));
  }
  at += 60 * MINUTE;
  batches.push(batch(`b${index}`, from, iso(), { good_count: '1' }, { product_id: product }));
}
const facts = line({}, { batches, stops });
const span = (from: string, to: string): { from: number; to: number } => ({ from: Date.parse(from), to: Date.parse(to) });

test('soda bottling: 853 of 2413 minutes lost, availability 64.65 %', () => {
  const result = kpis(termsOf(facts, span('2024-08-29', '2024-09-01'), EVER));
  expect(result.terms).toMatchObject({ pbt_minutes: 2413, apt_minutes: 1560, unplanned_stop_minutes: 853 });
  expect(((result.availability ?? 0) * 100).toFixed(2)).toBe('64.65');
});

test('soda bottling: by day 244, 444 and 165 minutes, by product 494, 169, 115 and 75', () => {
  const lost = ['2024-08-29', '2024-08-30', '2024-08-31'].map((day) => {
    const from = Date.parse(day);
    return termsOf(facts, { from, to: from + 1440 * MINUTE }, EVER).unplanned_stop_ms / MINUTE;
  });
  expect(lost).toEqual([244, 444, 165]);
  const products = new Map(batches.map(({ id, product_id }) => [id, product_id]));
  const byProduct: Record<string, number> = {};
  for (const piece of layTime(facts, span('2024-08-29', '2024-09-01'), EVER).pieces) {
    const product = products.get(piece.batch_id ?? '') ?? '';
    if (piece.state === 'stop') byProduct[product] = (byProduct[product] ?? 0) + (piece.to - piece.from) / MINUTE;
  }
  expect(byProduct).toEqual({ CO: 494, LE: 169, DC: 115, OR: 75 });
});
