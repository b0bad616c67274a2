/** Notes which lines may have fallen silent, or have not been silent after all. The stops follow soon after. */
import type { LineRow } from '@plantops/contracts';
import { records, sql, type Tx } from '@plantops/persistence';
import { latestAt } from '../activity/activity.rules.ts';
import type { Noted } from '../activity/note-activity.ts';
import { isWatched } from './silence.rules.ts';

/** Events come in groups: the stops of their line follow when the group is there. */
const SOON_MS = 2_000;
const soon = (now: string): string => new Date(Date.parse(now) + SOON_MS).toISOString();

/** Lines sent events. Call under the lock of the tenant's line events. */
export async function watchSilence(
  tx: Tx,
  noted: readonly ({ readonly line: LineRow } & Pick<Noted, 'sent'>)[],
  now: string,
): Promise<void> {
  // What comes ahead of the clock says nothing before its time.
  const latest = latestAt(now);
  const watched = noted.flatMap(({ line, sent: { from: since, to, longest_ms: longest } }) =>
    isWatched(line.versions) && since < latest
      ? [{ line_id: line.id, since, until: to < latest ? to : latest, silence: silenceOf(line), longest }]
      : [],
  );
  if (watched.length === 0) return;
  // Events that come in order, at the usual pace, only move the last one.
  await tx.query(sql`
    with sent as (
      select k.*, p.last_at
      from ${records('k', watched, { line_id: 'uuid', since: 'timestamptz', until: 'timestamptz', silence: 'interval', longest: 'float8' })}
      left join line_pulse p on p.tenant_id = ${tx.tenant} and p.line_id = k.line_id
    ), looks as (
      insert into silence_look (tenant_id, line_id, since, until, due_at)
      select ${tx.tenant}, line_id, since, until, ${soon(now)}::timestamptz
      from sent
      where last_at is null or since < last_at or since - last_at > silence
        or longest * interval '1 millisecond' > silence
    )
    insert into line_pulse as p (tenant_id, line_id, last_at, silence, due_at)
    select ${tx.tenant}, line_id, until, silence, until + silence
    from sent
    on conflict (tenant_id, line_id) do update
    set last_at = greatest(p.last_at, excluded.last_at), silence = excluded.silence,
      due_at = case when p.due_at = 'infinity' then excluded.due_at else p.due_at end`);
}

/** The shortest silence of a line's versions: a look judges each time by its own. */
const silenceOf = ({ versions }: LineRow): string =>
  `${Math.min(...versions.flatMap(({ silence_seconds }) => silence_seconds ?? []))} seconds`;

/** Something else has changed in a time of a line that may fall silent: its stops, its shifts or its settings. */
export async function lookForSilence(
  tx: Tx,
  lineId: string,
  { from, to }: { readonly from: string; readonly to: string | null },
  now: string,
): Promise<void> {
  await tx.query(sql`
    insert into silence_look (tenant_id, line_id, since, until, due_at)
    select tenant_id, line_id, ${from}::timestamptz, greatest(${from}::timestamptz, ${to ?? now}::timestamptz),
      ${soon(now)}::timestamptz
    from line_pulse
    where tenant_id = ${tx.tenant} and line_id = ${lineId}`);
}

/** The same in the time of a stop that is no stop any more. */
export async function lookForSilenceOf(tx: Tx, stopId: string, now: string): Promise<void> {
  await tx.query(sql`
    insert into silence_look (tenant_id, line_id, since, until, due_at)
    select d.tenant_id, d.line_id, d.start_time, coalesce(d.end_time, greatest(d.start_time, ${now}::timestamptz)),
      ${soon(now)}::timestamptz
    from downtime d
    join line_pulse p on p.tenant_id = d.tenant_id and p.line_id = d.line_id
    where d.tenant_id = ${tx.tenant} and d.id = ${stopId}`);
}

/** A line may fall silent from now on: its last event is the one that was noted last, if there was any. */
export async function beginToWatch(tx: Tx, line: LineRow): Promise<void> {
  if (!isWatched(line.versions)) return;
  await tx.query(sql`
    insert into line_pulse (tenant_id, line_id, last_at, silence, due_at)
    select tenant_id, ${line.id}, max(last_at), ${silenceOf(line)}::interval, max(last_at) + ${silenceOf(line)}::interval
    from (
      select tenant_id, last_at
      from line_activity
      where tenant_id = ${tx.tenant} and line_code = ${line.code}
      order by minute desc
      limit 1) a
    group by tenant_id
    on conflict (tenant_id, line_id) do update set silence = excluded.silence, due_at = excluded.due_at`);
}
