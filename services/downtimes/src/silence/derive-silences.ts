/** Derives the stops of a line that sent no event. */
import type { LineRow, PlantRow } from '@plantops/contracts';
import { sql, type Tx } from '@plantops/persistence';
import { calendarVersions } from '@plantops/accounting';
import { v7 as uuidv7 } from 'uuid';
import { latestAt, minuteOf } from '../activity/activity.rules.ts';
import { findReasons } from '../reasons/find-reasons.ts';
import { carryOut } from '../states/carry-out.ts';
import { planOf } from '../states/identity.rules.ts';
import { storedIn } from '../states/stored-stops.ts';
import type { Interval } from '../states/time.rules.ts';
import { silencesOf } from './silence.rules.ts';

/**
 * Derives them again around a time, from the last event before it to the first one after it. Returns when to look next
 * although nothing happens; undefined: never. Call under the line's lock.
 */
export async function deriveSilences(
  tx: Tx,
  line: LineRow,
  plant: PlantRow,
  { since, until }: { readonly since: string; readonly until: string },
  now: string,
): Promise<string | undefined> {
  const gaps = await gapsIn(tx, line, { since, until }, latestAt(now));
  const [first, last] = [gaps[0], gaps.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const around = { from: first.from, to: last.to };
  const [stops, { known, words }] = await Promise.all([
    otherStopsIn(tx, line.id, around),
    storedIn(tx, line.id, around, 'silence'),
  ]);
  const schedule = { timezone: plant.timezone, calendars: calendarVersions(plant.calendars ?? []) };
  // An end that a person gave to a silence says that the line was there then.
  const signs = known.flatMap(({ row, given, fixed }) =>
    row.voided_at === null ? [given.from, given.to, fixed?.from, fixed?.to].flatMap((at) => at ?? []) : [],
  );
  const inServiceUntil = line.is_active ? null : line.updated_at;
  const { parts, lookAt } = silencesOf(
    gaps,
    { stops, signs },
    { versions: line.versions, inServiceUntil, schedule },
    now,
  );
  const reasons = await findReasons(tx, [
    ...parts.map(({ reason_code }) => reason_code),
    ...words.map(({ said }) => said.reason_code),
  ]);
  await carryOut(tx, line, planOf(parts, known, words, uuidv7), { source: 'silence', reasons }, now);
  return lookAt;
}

/** The times between two minutes with events of a line, from the last one before a time to the first one after it. */
async function gapsIn(
  tx: Tx,
  { code }: LineRow,
  { since, until }: { readonly since: string; readonly until: string },
  latest: string,
): Promise<Interval[]> {
  return tx.query<Interval>(sql`
    with edges as (
      select
        (select minute from line_activity
         where tenant_id = ${tx.tenant} and line_code = ${code} and minute < ${minuteOf(since)}
         order by minute desc limit 1) as first,
        (select minute from line_activity
         where tenant_id = ${tx.tenant} and line_code = ${code} and minute > ${until} and first_at < ${latest}
         order by minute limit 1) as last
    )
    select last_at as "from", next_at as "to"
    from (
      select last_at, lead(first_at) over (order by minute) as next_at
      from line_activity, edges
      where tenant_id = ${tx.tenant} and line_code = ${code}
        and first_at < ${latest} and minute >= coalesce(edges.first, '-infinity') and minute <= coalesce(edges.last, 'infinity')) a
    cross join edges
    where next_at is not null or edges.last is null
    order by last_at`);
}

/** All other stops that touch a time. */
async function otherStopsIn(tx: Tx, lineId: string, { from, to }: Interval): Promise<Interval[]> {
  return tx.query<Interval>(sql`
    select start_time as "from", end_time as "to"
    from stops_over(${lineId}, tstzrange(${from}, ${to}, '[]'))
    where source <> 'silence' and tenant_id = ${tx.tenant}`);
}
