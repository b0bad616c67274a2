import { raw, sql, type Database } from '@plantops/persistence';

const LATER_MS = 60_000;

/** A line whose stops cannot be derived. Its tenant's other lines do not wait for it: it is looked at again later. */
type Failed = {
  readonly tenant: string;
  readonly line_id: string;
  /** Where it is due. */
  readonly table: 'open_departure' | 'line_pulse' | 'silence_look';
  readonly error: unknown;
};

export async function putOff(
  database: Database,
  { tenant, line_id, table, error }: Failed,
  now: string,
): Promise<void> {
  database.log.warn({ err: error, tenant, line: line_id }, 'the stops of a line were not derived; they are later');
  const later = new Date(Date.parse(now) + LATER_MS).toISOString();
  await database.transact(tenant, (tx) =>
    tx.query(sql`
      update ${raw(table)}
      set due_at = ${later}
      where tenant_id = ${tenant} and line_id = ${line_id} and due_at <= ${now}`),
  );
}
