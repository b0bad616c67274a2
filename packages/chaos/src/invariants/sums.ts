/** I3: the sums of the ledger by line and category are the same from its rows and from every kept sum. */
import type { Evidence } from '../evidence.ts';
import type { Finding } from './finding.ts';

type Row = { key: string; amount: string };

/** Decimals with four places as whole numbers, which are added without rounding. */
function exact(amount: string): bigint {
  const [whole = '0', places = ''] = amount.replace('-', '').split('.');
  const value = BigInt(whole) * 10_000n + BigInt(places.slice(0, 4).padEnd(4, '0') || '0');
  return amount.startsWith('-') ? -value : value;
}
function added(rows: readonly Row[]): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const { key, amount } of rows) sums.set(key, (sums.get(key) ?? 0n) + exact(amount));
  return sums;
}

const LINE = `tenant_id || ' ' || line_id || ' ' || category`;
const PLANT = `tenant_id || ' ' || plant_id || ' ' || category`;
const KEPT = [
  ['days of lines', LINE, `leak_sum where grain = 'day' and line_id is not null`],
  ['months of lines', LINE, `leak_sum where grain = 'month' and line_id is not null`],
  ['days of plants', PLANT, `leak_sum where grain = 'day' and line_id is null`],
  ['months of plants', PLANT, `leak_sum where grain = 'month' and line_id is null`],
] as const;

export async function checkSums({ tables }: Evidence): Promise<Finding> {
  const rowsOf = (key: string, from: string) =>
    tables.query<Row>('money-leaks', `select ${key} as key, amount from ${from}`);
  const ledger = new Map([
    [LINE, added(await rowsOf(LINE, 'money_leak'))],
    [PLANT, added(await rowsOf(PLANT, 'money_leak'))],
  ]);
  const breaches: string[] = [];
  for (const [what, key, from] of KEPT) {
    const [kept, own] = [added(await rowsOf(key, from)), ledger.get(key) as Map<string, bigint>];
    for (const name of new Set([...kept.keys(), ...own.keys()]))
      if ((kept.get(name) ?? 0n) !== (own.get(name) ?? 0n))
        breaches.push(
          `${what}: ${name} is kept as ${kept.get(name) ?? 0n}, the rows add up to ${own.get(name) ?? 0n} (ten-thousandths)`,
        );
  }
  return {
    name: 'I3',
    promise: 'kept sums are the sums of the ledger',
    looked: [...ledger.values()].reduce((n, sums) => n + sums.size, 0),
    breaches,
  };
}
