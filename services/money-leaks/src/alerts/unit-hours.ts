/** What each line made and rejected of each product in each clock hour: kept as it comes, so that nobody adds up history. */
import type { Tx } from '@plantops/persistence';
import type { Extent, Fact } from '../facts/remember-facts.ts';

/** Adds up anew the hours that these counts and scrap events lie in, or lay in before. */
export const keepUnitHours = async (tx: Tx, facts: readonly (Fact | Extent)[]): Promise<void> => {
  const hours = new Map(
    facts
      .filter(({ kind }) => kind === 'count' || kind === 'scrap')
      .map(({ line_id, began }) => [`${line_id}/${began.slice(0, 13)}`, { line_id, hour: `${began.slice(0, 13)}:00:00.000Z` }]),
  );
  if (hours.size === 0) return;
  const keys = [...hours.values()].sort((a, b) => a.line_id.localeCompare(b.line_id) || a.hour.localeCompare(b.hour));
  await tx.query(
    'delete from unit_hour u using unnest($2::uuid[], $3::timestamptz[]) as h(line_id, hour) where u.tenant_id = $1 and u.line_id = h.line_id and u.hour = h.hour',
    [tx.tenant, keys.map(({ line_id }) => line_id), keys.map(({ hour }) => hour)],
  );
  await tx.query(
    `insert into unit_hour (tenant_id, line_id, product_id, hour, good, rejected, scrapped)
     select $1, h.line_id, f.product_id, h.hour,
       coalesce(sum((f.data->>'good')::numeric) filter (where f.kind = 'count'), 0),
       coalesce(sum((f.data->>'reject')::numeric) filter (where f.kind = 'count'), 0),
       coalesce(sum((f.data->>'quantity')::numeric) filter (where f.kind = 'scrap' and f.data->>'disposition' = 'scrap' and f.data->>'phase' = 'production'), 0)
     from unnest($2::uuid[], $3::timestamptz[]) as h(line_id, hour)
     join fact f on f.tenant_id = $1 and f.line_id = h.line_id and f.kind in ('count', 'scrap') and f.began >= h.hour and f.began < h.hour + interval '1 hour'
     where f.data->>'voided_at' is null
     group by h.line_id, f.product_id, h.hour`,
    [tx.tenant, keys.map(({ line_id }) => line_id), keys.map(({ hour }) => hour)],
  );
};
