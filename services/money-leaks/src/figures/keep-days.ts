/** Keeps days that are over before anyone asks for them, so that no request waits until a year is computed. */
import type { LineRow } from '@plantops/contracts';
import { eachTenant, findMaster, sql, type Database, type Tx } from '@plantops/persistence';
import { dayOf } from '../facts/days.rules.ts';
import { MS_PER_DAY } from '../facts/intervals.rules.ts';
import { EVERY_LINE } from '../facts/line-revisions.ts';
import { linesWithPlants } from '../facts/read-rows.ts';
import type { LineWindow } from '../facts/rows.rules.ts';
import * as keptCells from '../projections/kept-cells.ts';
import { missingIn } from '../projections/kept-days.rules.ts';
import { termsIn } from './terms-in.ts';

/** The longest window that a request may ask about. */
const WINDOW_DAYS = 400;
/** Days of a line that one run computes: the newest ones that are missing, the rest in later runs. */
const MOST_DAYS = 31;

export async function keepDays(database: Database, now: string): Promise<void> {
  await eachTenant(database, sql`select distinct tenant_id from line_revision`, async (tenant) => {
    const missing = await database.transact(tenant, (tx) => missingDays(tx, now));
    // One line in a transaction: requests are answered in between.
    for (const one of missing) await database.transact(tenant, (tx) => termsIn(tx, [one], now));
  });
}

/** The newest days of each line that has facts, before its today, that are not kept. */
async function missingDays(tx: Tx, now: string): Promise<LineWindow[]> {
  const withFacts = await tx.query<{ line_id: string }>(sql`
    select line_id
    from line_revision
    where tenant_id = ${tx.tenant} and line_id <> ${EVERY_LINE}`);
  const lines = await findMaster<LineRow>(
    tx,
    'line',
    withFacts.map(({ line_id }) => line_id),
  );
  const at = Date.parse(now);
  const asked = (await linesWithPlants(tx, [...lines.values()])).map(({ line, plant }) => {
    const today = dayOf(plant.timezone, at).from;
    return { line, plant, window: { from: dayOf(plant.timezone, today - WINDOW_DAYS * MS_PER_DAY).from, to: today } };
  });
  const days = Map.groupBy(await keptCells.readDays(tx, asked, at), ({ line_id }) => line_id);
  return asked.flatMap((one) => {
    const last = missingIn(one, days.get(one.line.id) ?? []).at(-1);
    if (last === undefined) return [];
    const from = Math.max(last.from, dayOf(one.plant.timezone, last.to - MOST_DAYS * MS_PER_DAY).from);
    return [{ ...one, window: { from, to: last.to } }];
  });
}
