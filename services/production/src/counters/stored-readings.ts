/** The readings of a line's counters, one an instant. */
import { records, sql, type Sql, type Tx } from '@plantops/persistence';
import type { CounterName, Reading } from './counter.rules.ts';
import { NEIGHBOURS } from './affected.rules.ts';

/** A counter of a line. */
export type CounterOf = { readonly line_id: string; readonly counter: CounterName };

const READING = sql`r.id, r.at, r.total, r.seq, r.event_id, r.actor, r.batch_number, r.product_id, r.unit`;
const COLUMNS = {
  id: 'uuid',
  at: 'timestamptz',
  total: 'numeric',
  seq: 'float8',
  event_id: 'text',
  actor: 'text',
  batch_number: 'text',
  product_id: 'uuid',
  unit: 'text',
};

/** Stores readings; each takes the place of the one that is stored at its instant, and keeps the id of that. */
export async function storeReadings(tx: Tx, of: CounterOf, readings: readonly Reading[]): Promise<void> {
  await tx.query(sql`
    insert into counter_reading
      (tenant_id, line_id, counter, id, at, total, seq, event_id, actor, batch_number, product_id, unit)
    select ${tx.tenant}, ${of.line_id}::uuid, ${of.counter}, ${READING}
    from ${records('r', readings, COLUMNS)}
    on conflict (tenant_id, line_id, counter, at) do update
    set total = excluded.total, seq = excluded.seq, event_id = excluded.event_id, actor = excluded.actor,
      batch_number = excluded.batch_number, product_id = excluded.product_id, unit = excluded.unit`);
}

/** What is stored at each of the instants, and the neighbours before and after it, in order of time. */
export function readAround(tx: Tx, of: CounterOf, instants: readonly string[]): Promise<Reading[]> {
  return tx.query<Reading>(sql`
    select distinct on (r.at) ${READING}
    from unnest(${instants}::timestamptz[]) as a(at)
    cross join lateral (
      ${readings(of, tx, sql`r.at <= a.at order by r.at desc limit ${NEIGHBOURS + 1}`)}
      union all
      ${readings(of, tx, sql`r.at > a.at order by r.at limit ${NEIGHBOURS}`)}
    ) r
    order by r.at`);
}

/** The next readings after an instant, at most so many. */
export function readAfter(tx: Tx, of: CounterOf, after: string, most: number): Promise<Reading[]> {
  return tx.query<Reading>(readings(of, tx, sql`r.at > ${after} order by r.at limit ${most}`));
}

const readings = ({ line_id, counter }: CounterOf, { tenant }: Tx, asked: Sql): Sql => sql`(
  select ${READING}
  from counter_reading r
  where r.tenant_id = ${tenant} and r.line_id = ${line_id} and r.counter = ${counter} and ${asked})`;
