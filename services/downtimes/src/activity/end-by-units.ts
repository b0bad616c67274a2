/** Ends stops, assumed, where units prove that the line runs. */
import { downtimeAmended, downtimeEnded, type DowntimeRow, type LineRow } from '@plantops/contracts';
import { columnsOf, raw, records, sql, type Cause, type Tx } from '@plantops/persistence';
import { assumeEnd } from '../downtimes/downtime.rules.ts';
import { Downtime } from '../downtimes/downtime.table.ts';
import { knownOf } from '../downtimes/known-of.ts';
import { lockLine } from '../downtimes/refuse-overlap.ts';
import { changeReported } from '../downtimes/save-downtime.ts';
import { provenAfter } from '../states/departure.rules.ts';
import { deriveStops } from '../states/derive-stops.ts';
import { latestAt } from './activity.rules.ts';
import { firstUnits } from './first-units.ts';
import type { Within } from './note-activity.ts';

type Counted = { readonly line: LineRow; readonly counted: Within };

/** The lines with a stop that began before units and lasts until they were counted, in one order. */
export async function linesWithStops(tx: Tx, counted: readonly Counted[]): Promise<Counted[]> {
  if (counted.length === 0) return [];
  const units = counted.map(({ line, counted: { from, to } }) => ({ line_id: line.id, since: from, until: to }));
  const isTouching = sql`(d.end_time is null or d.end_time > k.since)`;
  const before = sql`
    d.tenant_id = ${tx.tenant} and d.line_id = k.line_id and d.voided_at is null and d.start_time < k.until`;
  const rows = await tx.query<{ line_id: string }>(sql`
    select k.line_id
    from ${records('k', units, { line_id: 'uuid', since: 'timestamptz', until: 'timestamptz' })}
    where exists (
        select from (
          select d.end_time
          from downtime d
          where ${before} and not d.is_overlapping
          order by d.start_time desc, d.id desc
          limit 1) d
        where ${isTouching})
      or exists (select from downtime d where ${before} and d.is_overlapping and ${isTouching})
    order by k.line_id`);
  const byId = new Map(counted.map((one) => [one.line.id, one]));
  return rows.flatMap(({ line_id }) => byId.get(line_id) ?? []);
}

/** The reported stops since an instant that nobody has ended follow the settings of their line. Call under its lock. */
export async function assumeEndsSince(tx: Tx, line: LineRow, since: string, now: string): Promise<void> {
  const rows = await tx.query<DowntimeRow>(sql`
    select ${raw(columnsOf(Downtime, 'd'))}
    from downtime d
    where d.tenant_id = ${tx.tenant} and d.line_id = ${line.id} and d.start_time >= ${since} and d.voided_at is null
      and (d.status = 'open' or d.is_end_assumed)
    order by d.start_time, d.id
    for update`);
  for (const row of rows) await assumeEndOf(tx, line, row, now);
}

/** Ends the stops of these lines that nobody has ended. Call under the lock of the tenant's line events. */
export async function endByUnits(tx: Tx, lines: readonly Counted[], now: string): Promise<void> {
  for (const { line, counted } of lines) {
    await lockLine(tx, line.id);
    await endStops(tx, line, counted, now);
  }
}

async function endStops(tx: Tx, line: LineRow, counted: Within, now: string): Promise<void> {
  const rows = await tx.query<DowntimeRow>(sql`
    select ${raw(columnsOf(Downtime, 'd'))}
    from downtime d
    where d.tenant_id = ${tx.tenant}
      and d.id in (select id from stops_over(${line.id}, tstzrange(${counted.from}, ${counted.to}, '[]')))
    order by d.start_time, d.id
    for update`);
  if (rows.some(isDerived)) await deriveStops(tx, line, counted, now);
  for (const row of rows) await assumeEndOf(tx, line, row, now);
}

/** The end of a derived stop follows from the states of its line. */
const isDerived = ({ source, external_id }: DowntimeRow): boolean => source !== 'manual' && external_id === null;

/**
 * Ends a reported stop that nobody has ended where units prove that the line runs. Not ramp-up: units are made in it.
 * What proves nothing any more is taken back.
 */
export async function assumeEndOf(tx: Tx, line: LineRow, row: DowntimeRow, now: string): Promise<DowntimeRow> {
  if (isDerived(row) || (row.end_time !== null && !row.is_end_assumed)) return row;
  const after = row.phase === 'production' ? provenAfter(line.versions, row.start_time) : undefined;
  const isLooked = after !== undefined && after < now;
  if (!isLooked && row.end_time === null) return row;
  const [end_time] = isLooked
    ? await firstUnits(tx, [{ line_code: line.code, after, before: latestAt(now) }])
    : [undefined];
  const changes = assumeEnd(row, end_time, await knownOf(tx, line, row));
  if (Object.keys(changes).length === 0) return row;
  const author: Cause = { actor: `line:${line.code}` };
  return changeReported(tx, row, changes, row.end_time === null ? downtimeEnded : downtimeAmended, author, now);
}
