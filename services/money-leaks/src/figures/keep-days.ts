/** Keeps days that are over before anybody asks for them, so that nobody waits for a year to be reckoned. */
import type { LineRow } from '@plantops/contracts';
import { EVERY_TENANT, findMaster, type Database, type Tx } from '@plantops/persistence';
import { OF_EVERY_LINE } from '../facts/cached-facts.ts';
import { dayOf, linesWithPlants, type LineWindow } from '../facts/load-facts.ts';
import { gapsIn, keptDays } from '../projections/kept-cells.ts';
import { termsIn } from './terms-in.ts';

const DAY_MS = 86_400_000;
/** As far back as a question may reach. */
const REACH_DAYS = 400;
/** What one run reckons of a line at most: the newest gap first, the rest in later runs. */
const MOST_DAYS = 31;

export const keepDays = async (database: Database, now: string): Promise<void> => {
  const lines = await database.transact(EVERY_TENANT, (tx) =>
    tx.query<{ tenant_id: string; line_id: string }>('select tenant_id, line_id from line_revision where line_id <> $1', [OF_EVERY_LINE]),
  );
  for (const [tenant, of] of Map.groupBy(lines, ({ tenant_id }) => tenant_id)) {
    const missing = await database.transact(tenant, (tx) =>
      missingDays(
        tx,
        of.map(({ line_id }) => line_id),
        now,
      ),
    );
    // A line at a time: requests are answered in between.
    for (const one of missing) await database.transact(tenant, (tx) => termsIn(tx, [one], now));
  }
};

/** The newest time of each line, before its today, of which no cells are kept. */
const missingDays = async (tx: Tx, lineIds: readonly string[], now: string): Promise<LineWindow[]> => {
  const lines = await findMaster<LineRow>(tx, 'line', lineIds);
  const at = Date.parse(now);
  const asked = (await linesWithPlants(tx, [...lines.values()])).map(({ line, plant }) => {
    const today = dayOf(plant.timezone, at).from;
    return { line, plant, window: { from: dayOf(plant.timezone, today - REACH_DAYS * DAY_MS).from, to: today } };
  });
  const days = Map.groupBy(await keptDays(tx, asked, at), ({ line_id }) => line_id);
  return asked.flatMap((one) => {
    const gap = gapsIn(one, days.get(one.line.id) ?? []).at(-1);
    if (gap === undefined) return [];
    const from = Math.max(gap.from, dayOf(one.plant.timezone, gap.to - MOST_DAYS * DAY_MS).from);
    return [{ ...one, window: { from, to: gap.to } }];
  });
};
