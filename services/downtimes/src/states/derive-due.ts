import type { LineRow } from '@plantops/contracts';
import { eachTenant, findMaster, sql, type Database, type Tx } from '@plantops/persistence';
import { lockLine } from '../downtimes/refuse-overlap.ts';
import { deriveStops } from './derive-stops.ts';

const MOST_LINES = 100;

/** Derives the stops of lines again whose departure from running is long enough by now to be a stop. */
export const deriveDue = (database: Database, now: string): Promise<void> =>
  eachTenant(database, sql`select distinct tenant_id from open_departure where due_at <= ${now}`, (tenant) =>
    database.transact(tenant, (tx) => deriveDueOf(tx, now)),
  );

async function deriveDueOf(tx: Tx, now: string): Promise<void> {
  const due = await tx.query<{ line_id: string }>(sql`
    select line_id
    from open_departure
    where tenant_id = ${tx.tenant} and due_at <= ${now}
    order by line_id
    limit ${MOST_LINES}`);
  const lineIds = due.map(({ line_id }) => line_id);
  const lines = await findMaster<LineRow>(tx, 'line', lineIds);
  for (const lineId of lineIds) {
    await lockLine(tx, lineId);
    // Under the lock: another copy may have done it, or a report moved it.
    const [pending] = await tx.query<{ since: string }>(sql`
      delete from open_departure
      where tenant_id = ${tx.tenant} and line_id = ${lineId} and due_at <= ${now}
      returning since`);
    const line = lines.get(lineId);
    if (pending && line) await deriveStops(tx, line, { from: pending.since, to: pending.since }, now);
  }
}
