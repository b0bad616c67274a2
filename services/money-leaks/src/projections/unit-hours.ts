/** What each line made and rejected of each product in each clock hour (UTC): kept as counts and scrap events come. */
import type { CountRow, ScrapRow } from '@plantops/contracts';
import type { Tx } from '@plantops/persistence';
import type { Fact } from '../facts/fact.rules.ts';
import type { Stored } from '../facts/store-facts.ts';

/**
 * An hour of a line and product. Scrap that was logged is among the rejects that were counted: the larger number holds.
 */
export type UnitHour = { line_id: string; product_id: string | null; hour: string; good: number; rejects: number };

/**
 * Takes out of their hours what was stored of these counts and scrap events before, and adds what is reported of them
 * now.
 */
export async function apply(tx: Tx, { changed, before }: Stored): Promise<void> {
  const ids = new Set(changed.map(({ id }) => id));
  const replaced = before.filter(({ id }) => ids.has(id));
  const moved = [...replaced.flatMap((fact) => unitsOf(fact, -1)), ...changed.flatMap((fact) => unitsOf(fact, 1))];
  if (moved.length === 0) return;
  await tx.query(
    `insert into unit_hour (tenant_id, line_id, product_id, hour, good, rejected, scrapped)
     select $1, line_id, product_id, hour, sum(times * good), sum(times * rejected), sum(times * scrapped)
     from jsonb_to_recordset($2::jsonb) as u(
       line_id uuid, product_id uuid, hour timestamptz, times integer, good numeric, rejected numeric, scrapped numeric)
     group by line_id, product_id, hour
     order by line_id, product_id, hour
     on conflict (tenant_id, line_id, product_id, hour) do update
     set good = unit_hour.good + excluded.good,
         rejected = unit_hour.rejected + excluded.rejected,
         scrapped = unit_hour.scrapped + excluded.scrapped`,
    [tx.tenant, JSON.stringify(moved)],
  );
}

const UNIT_HOUR = 'line_id, product_id, hour, good, greatest(rejected, scrapped) as rejects';

/** The hours of lines since an instant in which at least so many units were rejected, newest first. */
export function readRejectedSince(
  tx: Tx,
  lineIds: readonly string[],
  since: string,
  leastRejects: number,
): Promise<UnitHour[]> {
  return tx.query<UnitHour>(
    `select ${UNIT_HOUR}
     from unit_hour
     where tenant_id = $1 and line_id = any($2::uuid[]) and hour >= $3 and greatest(rejected, scrapped) >= $4
     order by hour desc`,
    [tx.tenant, lineIds, since, leastRejects],
  );
}

/**
 * The hours before this one in which the line made something of the product, newest first. Hours whose units were all
 * voided are left out.
 */
export function readBefore(tx: Tx, { line_id, product_id, hour }: UnitHour, most: number): Promise<UnitHour[]> {
  return tx.query<UnitHour>(
    `select ${UNIT_HOUR}
     from unit_hour
     where tenant_id = $1 and line_id = $2 and product_id is not distinct from $3 and hour < $4
       and (good > 0 or rejected > 0 or scrapped > 0)
     order by hour desc
     limit ${most}`,
    [tx.tenant, line_id, product_id, hour],
  );
}

/**
 * The units of a count or scrap event in its hour, added or, with -1, taken out. Rework and startup scrap are no
 * rejects of the hour.
 */
function unitsOf({ kind, line_id, product_id, began, data }: Fact, times: 1 | -1): object[] {
  const inHour = { line_id, product_id, hour: `${began.slice(0, 13)}:00:00.000Z`, times };
  if (kind === 'count') {
    const { good, reject, voided_at } = data as CountRow;
    return voided_at ? [] : [{ ...inHour, good, rejected: reject, scrapped: 0 }];
  }
  if (kind !== 'scrap') return [];
  const { quantity, disposition, phase, voided_at } = data as ScrapRow;
  const isReject = disposition === 'scrap' && phase === 'production';
  return voided_at ? [] : [{ ...inHour, good: 0, rejected: 0, scrapped: isReject ? quantity : 0 }];
}
