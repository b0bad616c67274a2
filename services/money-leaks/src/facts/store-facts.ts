import type { Tx } from '@plantops/persistence';
import { changedFrom, newestOf, type Fact } from './fact.rules.ts';

/** The facts that were new, or newer than what was stored; and what was stored before of all of them. */
export type Stored = { readonly changed: readonly Fact[]; readonly before: readonly Fact[] };

/** Stores the newest version of each fact, in whatever order they come. */
export async function storeFacts(tx: Tx, facts: readonly Fact[]): Promise<Stored> {
  const newest = newestOf(facts);
  const before = await tx.query<Fact>(
    `select kind, id, version, line_id, batch_id, batch_number, product_id, began, ended, data
     from fact
     where tenant_id = $1 and (kind, id) in (select * from unnest($2::text[], $3::uuid[]))`,
    [tx.tenant, newest.map(({ kind }) => kind), newest.map(({ id }) => id)],
  );
  const changed = changedFrom(before, newest);
  if (changed.length > 0) await upsert(tx, changed);
  return { changed, before };
}

async function upsert(tx: Tx, facts: readonly Fact[]): Promise<void> {
  await tx.query(
    `insert into fact (tenant_id, kind, id, version, line_id, batch_id, batch_number, product_id, began, ended, data)
     select $1, kind, id, version, line_id, batch_id, batch_number, product_id, began, ended, data
     from jsonb_populate_recordset(null::fact, $2::jsonb)
     on conflict (tenant_id, kind, id) do update
     set version = excluded.version,
         line_id = excluded.line_id,
         batch_id = excluded.batch_id,
         batch_number = excluded.batch_number,
         product_id = excluded.product_id,
         began = excluded.began,
         ended = excluded.ended,
         data = excluded.data
     where excluded.version > fact.version`,
    [tx.tenant, JSON.stringify(facts)],
  );
}
