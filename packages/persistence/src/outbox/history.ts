/** Who changed a row, and what: read from its events in the outbox, and in `history`, where the clean-up moves them. */
import {
  historyOwners,
  Problem,
  type CloudEvent,
  type HistoryEntry,
  type HistoryResource,
  type ServiceName,
} from '@plantops/contracts';
import type { Database } from '../database/database.ts';
import { records, sql } from '../database/sql.ts';
import type { Tx } from '../database/tx.ts';
import type { Commander } from '../rows/idempotency.ts';
import { cloudEventOf, type Cause } from './outbox.ts';
import { listItems, view, type Page, type PageRequest } from '../rows/list-page.ts';

type Recorded = {
  readonly service: ServiceName;
  readonly type: string;
  readonly rows: readonly { readonly id: string }[];
};
/** Writes changes of rows that are not announced into the history. */
export async function recordHistory(
  tx: Tx,
  { service, type, rows }: Recorded,
  cause: Cause,
  now: string,
): Promise<void> {
  if (rows.length === 0) return;
  const entries = rows.map((row) => {
    const event = cloudEventOf({ service, type }, row, row.id, { tenant: tx.tenant, cause, now });
    return { event_id: event.id, row_id: row.id, payload: JSON.stringify(event) };
  });
  await tx.query(sql`
    insert into history (event_id, tenant_id, row_id, entity, time, payload)
    select event_id, ${tx.tenant}, row_id, ${type.split('.')[0] as string}, ${now}::timestamptz, payload
    from ${records('e', entries, { event_id: 'uuid', row_id: 'uuid', payload: 'text' })}`);
}

type Announced = { id: string; time: string; payload: string; previous: string | null };
/** Every change changes these fields: they are left out. */
const STAMPS = new Set(['version', 'updated_at', 'updated_by']);

export const listHistory =
  (database: Database) =>
  async (
    { resource, id, ...page }: PageRequest & { resource: HistoryResource; id: string },
    { tenant }: Commander,
  ): Promise<Page<HistoryEntry>> => {
    const { items, ...rest } = await database.transact(tenant, (tx) =>
      listItems(
        tx,
        view<Announced>(
          `(
            select h.tenant_id, h.row_id, h.entity, h.event_id as id, h.time, h.payload,
              lag(h.payload) over (
                partition by h.tenant_id, h.row_id, h.entity
                order by h.time, h.event_id
              ) as previous
            from (
              select tenant_id, row_id, entity, event_id, date_trunc('milliseconds', created_at) as time, payload
              from outbox
              where row_id is not null
              union all
              select tenant_id, row_id, entity, event_id, time, payload
              from history
            ) h
          ) t`,
          't.id, t.time, t.payload, t.previous',
          // Each brings two announcements, of up to a quarter of a megabyte.
          { chunk: 4 },
        ),
        [
          ['t.row_id = ?', id],
          ['t.entity = ?', historyOwners[resource].entity],
        ],
        page,
      ),
    );
    if (rest.total === 0) throw new Problem('not_found', `there is no history of ${resource} ${id}`);
    return { items: items.map(entryOf), ...rest };
  };

const entryOf = ({ id, time, payload, previous }: Announced): HistoryEntry => {
  const event = JSON.parse(payload) as CloudEvent<Record<string, unknown>>;
  const before = previous === null ? {} : (JSON.parse(previous) as CloudEvent<Record<string, unknown>>).data;
  const fields = [...new Set([...Object.keys(before), ...Object.keys(event.data)])].filter(
    (field) => !STAMPS.has(field),
  );
  const changed = fields.filter(
    (field) => JSON.stringify(before[field] ?? null) !== JSON.stringify(event.data[field] ?? null),
  );
  return {
    id,
    time,
    type: event.type,
    actor: event.actor,
    version: typeof event.data['version'] === 'number' ? event.data['version'] : null,
    trace_id: event.traceparent?.split('-')[1] ?? null,
    changes: changed.map((field) => ({ field, before: json(before[field]), after: json(event.data[field]) })),
  };
};

type Json = HistoryEntry['changes'][number]['before'];
const json = (value: unknown): Json => (value ?? null) as Json;
