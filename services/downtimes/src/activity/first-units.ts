/** Looks for the units that prove that a line runs. */
import { orderedRecords, sql, type Tx } from '@plantops/persistence';
import { instantsAt, minuteOf, unitOffsets, type Minute } from './activity.rules.ts';

/** A line, and the time in which its units prove that it runs. */
export type Asked = { readonly line_code: string; readonly after: string; readonly before: string };

const MINUTES_AT_ONCE = 4;
/** Minutes in which readings of a counter were taken back say nothing: they are passed over, but not for ever. */
const MOST_LOOKS = 50;

/** The first of two instants with good units, in the order of what is asked; undefined: there are no two. */
export async function firstUnits(tx: Tx, asked: readonly Asked[]): Promise<(string | undefined)[]> {
  const found = asked.map((): string[] => []);
  let open = asked.map((one, index) => ({ ...one, index, since: minuteOf(one.after) }));
  for (let look = 0; open.length > 0 && look < MOST_LOOKS; look += 1) {
    const minutes = await minutesWithUnits(tx, open);
    open = open.flatMap((one, place) => {
      const ofOne = minutes.get(place + 1) ?? [];
      const times = found[one.index] as string[];
      for (const { minute, previous, ...counted } of ofOne)
        times.push(
          ...instantsAt(minute, unitOffsets(counted, previous)).filter((at) => at > one.after && at < one.before),
        );
      const last = ofOne.at(-1);
      const isMore = last !== undefined && ofOne.length === MINUTES_AT_ONCE && times.length < 2;
      return isMore ? [{ ...one, since: new Date(Date.parse(last.minute) + 1).toISOString() }] : [];
    });
  }
  return found.map((times) => (times.length < 2 ? undefined : times[0]));
}

type Counted = Pick<Minute, 'minute' | 'units' | 'totals'> & { readonly previous: number | null };
type Look = Pick<Asked, 'line_code' | 'before'> & { readonly since: string };

/** The next minutes with units of each, by its place from 1. */
async function minutesWithUnits(tx: Tx, looks: readonly Look[]): Promise<Map<number, Counted[]>> {
  type Row = Counted & { place: number; totals: Minute['totals'] | null };
  const rows = await tx.query<Row>(sql`
    select k.place::int, a.minute, a.units, a.totals,
      case when a.totals is not null then (
        select (p.totals -> -1 ->> 1)::float8
        from line_activity p
        where p.tenant_id = ${tx.tenant} and p.line_code = k.line_code and p.minute < a.minute and p.totals is not null
        order by p.minute desc
        limit 1) end as previous
    from ${orderedRecords('k', looks, { line_code: 'text', since: 'timestamptz', before: 'timestamptz' })}
    cross join lateral (
      select minute, units, totals
      from line_activity
      where tenant_id = ${tx.tenant} and line_code = k.line_code and has_units and minute >= k.since and minute < k.before
      order by minute
      limit ${MINUTES_AT_ONCE}) a
    order by k.place, a.minute`);
  return Map.groupBy(
    rows.map(({ totals, ...row }) => ({ ...row, totals: totals ?? [] })),
    ({ place }) => place,
  );
}
