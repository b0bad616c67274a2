import type { LineRow } from '@plantops/contracts';
import { eachTenant, findMaster, sql, type Database, type Tx } from '@plantops/persistence';
import { lockLine } from '../downtimes/refuse-overlap.ts';
import { deriveStops } from './derive-stops.ts';
import { putOff } from './put-off.ts';

const MOST_LINES = 100;

/** Derives the stops of lines again whose departure from running is long enough by now to be a stop. */
export const deriveDue = (database: Database, now: string): Promise<void> =>
  eachTenant(database, sql`select distinct tenant_id from open_departure where due_at <= ${now}`, async (tenant) => {
    const due = await database.transact(tenant, (tx) =>
      tx.query<{ line_id: string }>(sql`
        select line_id
        from open_departure
        where tenant_id = ${tenant} and due_at <= ${now}
        order by due_at
        limit ${MOST_LINES}`),
    );
    // A transaction for each: none waits for another line.
    for (const { line_id } of due)
      await database
        .transact(tenant, (tx) => deriveLine(tx, line_id, now))
        .catch((error: unknown) => putOff(database, { tenant, line_id, table: 'open_departure', error }, now));
  });

async function deriveLine(tx: Tx, lineId: string, now: string): Promise<void> {
  await lockLine(tx, lineId);
  // Under the lock: another copy may have done it, or a report moved it.
  const [pending] = await tx.query<{ since: string }>(sql`
    delete from open_departure
    where tenant_id = ${tx.tenant} and line_id = ${lineId} and due_at <= ${now}
    returning since`);
  const line = (await findMaster<LineRow>(tx, 'line', [lineId])).get(lineId);
  if (pending && line) await deriveStops(tx, line, { from: pending.since, to: pending.since }, now);
}
