/** What each line made and rejected of each product in each clock hour: kept as it comes, so that nobody adds up history. */
import type { CountRow, ScrapRow } from '@plantops/contracts';
import type { Tx } from '@plantops/persistence';
import type { Fact, Remembered } from '../facts/store-facts.ts';

type Units = { readonly good: number; readonly rejected: number; readonly scrapped: number };

/** Takes out of its hour what was known of these counts and scrap events, and adds what is told of them now. */
export const keepUnitHours = async (tx: Tx, { changed, before }: Remembered): Promise<void> => {
  const isChanged = new Set(changed.map(({ id }) => id));
  const moved = [
    ...before.filter(({ id }) => isChanged.has(id)).map((fact) => ({ fact, times: -1 })),
    ...changed.map((fact) => ({ fact, times: 1 })),
  ].flatMap(({ fact, times }) => {
    const units = unitsOf(fact);
    return units === undefined ? [] : [{ ...fact, ...units, times }];
  });
  if (moved.length === 0) return;
  await tx.query(
    `insert into unit_hour (tenant_id, line_id, product_id, hour, good, rejected, scrapped)
     select $1, line_id, product_id, hour, sum(times * good), sum(times * rejected), sum(times * scrapped)
     from unnest($2::uuid[], $3::uuid[], $4::timestamptz[], $5::integer[], $6::numeric[], $7::numeric[], $8::numeric[])
       as u(line_id, product_id, hour, times, good, rejected, scrapped)
     group by line_id, product_id, hour order by line_id, product_id, hour
     on conflict (tenant_id, line_id, product_id, hour) do update set good = unit_hour.good + excluded.good,
       rejected = unit_hour.rejected + excluded.rejected, scrapped = unit_hour.scrapped + excluded.scrapped`,
    [
      tx.tenant,
      moved.map(({ line_id }) => line_id),
      moved.map(({ product_id }) => product_id),
      moved.map(({ began }) => `${began.slice(0, 13)}:00:00.000Z`),
      moved.map(({ times }) => times),
      moved.map(({ good }) => good),
      moved.map(({ rejected }) => rejected),
      moved.map(({ scrapped }) => scrapped),
    ],
  );
};

/** What a fact counts for; scrap that is worked over, or that starting up takes, is no reject of the hour. */
const unitsOf = ({ kind, data }: Fact): Units | undefined => {
  if (kind === 'count') {
    const { good, reject, voided_at } = data as CountRow;
    return voided_at ? undefined : { good, rejected: reject, scrapped: 0 };
  }
  if (kind !== 'scrap') return undefined;
  const { quantity, disposition, phase, voided_at } = data as ScrapRow;
  const isReject = disposition === 'scrap' && phase === 'production';
  return voided_at ? undefined : { good: 0, rejected: 0, scrapped: isReject ? quantity : 0 };
};
