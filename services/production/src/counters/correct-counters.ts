/** After settings of a line have changed, the counts of its counters are derived again, chunk by chunk. */
import { eachTenant, lockLineEvents, sql, type Database, type Tx } from '@plantops/persistence';
import { COUNTERS, type CounterName } from './counter.rules.ts';
import { deriveCounts } from './derive-counts.ts';
import { NEIGHBOURS } from './affected.rules.ts';
import { readAfter, readAround } from './stored-readings.ts';
import { versionsOf } from './versions-of.ts';

const READINGS_AT_ONCE = 200;

/** Notes that the counts of the line's counters must be derived again from an instant on. */
export async function noteCounters(tx: Tx, lineId: string, since: string, actor: string): Promise<void> {
  await tx.query(sql`
    insert into counter_correction (tenant_id, line_id, counter, actor, after)
    select ${tx.tenant}, ${lineId}, counter, ${actor}, ${since}::timestamptz - interval '1 millisecond'
    from unnest(${COUNTERS}::text[]) as c(counter)
    on conflict (tenant_id, line_id, counter) do update
    set actor = excluded.actor, after = least(counter_correction.after, excluded.after)`);
}

/** Derives all that is due, of all tenants. */
export async function correctCounters(database: Database, now: string): Promise<void> {
  await eachTenant(database, sql`select distinct tenant_id from counter_correction`, async (tenant) => {
    while (await database.transact(tenant, (tx) => correctChunk(tx, now)));
  });
}

type Due = { readonly line_id: string; readonly counter: CounterName; readonly actor: string; readonly after: string };

/** Returns whether there may be more. */
async function correctChunk(tx: Tx, now: string): Promise<boolean> {
  await lockLineEvents(tx);
  const [due] = await tx.query<Due>(sql`
    select line_id, counter, actor, after
    from counter_correction
    where tenant_id = ${tx.tenant}
    order by line_id, counter
    limit 1
    for update skip locked`);
  if (due === undefined) return false;
  const next = await readAfter(tx, due, due.after, READINGS_AT_ONCE);
  const last = next.at(-1);
  if (last !== undefined) {
    const around = await readAround(tx, due, [due.after, last.at]);
    const before = around.filter(({ at }) => at <= due.after).slice(-NEIGHBOURS);
    const after = around.filter(({ at }) => at > last.at);
    const versions = (await versionsOf(tx, [due.line_id])).get(due.line_id) ?? [];
    const readings = [...before, ...next, ...after];
    await deriveCounts(tx, due, { versions, actor: due.actor }, { readings, affected: new Set(next) }, now);
  }
  const where = sql`tenant_id = ${tx.tenant} and line_id = ${due.line_id} and counter = ${due.counter}`;
  await tx.query(
    last !== undefined && next.length === READINGS_AT_ONCE
      ? sql`update counter_correction set after = ${last.at} where ${where}`
      : sql`delete from counter_correction where ${where}`,
  );
  return true;
}
