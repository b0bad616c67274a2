/**
 * Keeps what people say of stops that were derived from states: derived again, the words stay with their time, and the
 * times that people gave stay as they are.
 */
import type { DowntimeRow } from '@plantops/contracts';
import { sql, type Tx } from '@plantops/persistence';
import type { Stop } from '../downtimes/downtime.rules.ts';
import { SAID, type Said } from './words.rules.ts';

/** A row before a person's command, and what the command changes. Rows of people are not derived. */
type Command = { readonly row: DowntimeRow; readonly changes: Partial<Stop>; readonly at: string };

/**
 * Keeps which of the fields a person said, with the time that the stop has now; an open one up to this moment. A word
 * replaces earlier ones of the same row about the same.
 */
export async function rememberWord(tx: Tx, sent: object, { row, changes, at }: Command): Promise<void> {
  if (row.source === 'manual') return;
  const now = { ...row, ...changes };
  const groups = SAID.filter((group) => group.some((field) => field in sent));
  // What a reason means for the plan is said with it.
  const fields: readonly (keyof Said)[] = [
    ...groups.flat(),
    ...(groups.some(([first]) => first === 'reason_category') ? (['is_planned'] as const) : []),
  ];
  if (fields.length === 0) return;
  const said = Object.fromEntries(fields.map((field) => [field, now[field]]));
  const until = now.end_time ?? at;
  const least = new Date(Date.parse(now.start_time) + 1).toISOString();
  await tx.query(sql`
    with replaced as (
      delete from stop_word
      where tenant_id = ${tx.tenant} and downtime_id = ${row.id} and said - ${Object.keys(said)}::text[] = '{}'::jsonb)
    insert into stop_word (tenant_id, line_id, downtime_id, "from", "to", said)
    select tenant_id, line_id, downtime_id, ${now.start_time}::timestamptz, ${until > least ? until : least}::timestamptz,
      ${JSON.stringify(said)}::jsonb
    from state_stop
    where tenant_id = ${tx.tenant} and downtime_id = ${row.id}`);
}

/** Keeps the ends that a person gave. Where both are given, the row does not follow the states any more. */
export async function rememberTimes(tx: Tx, { row, changes }: Omit<Command, 'at'>): Promise<void> {
  if (row.source === 'manual') return;
  const { start_time: from = null, end_time: to = null } = changes;
  const now = { ...row, ...changes };
  await tx.query(sql`
    update state_stop
    set given_from = coalesce(${from}::timestamptz, given_from), given_to = coalesce(${to}::timestamptz, given_to),
      is_fixed = is_fixed or (
        coalesce(${from}::timestamptz, given_from) is not null and coalesce(${to}::timestamptz, given_to) is not null),
      takes_rest = takes_rest or ${row.end_time === null && to !== null},
      taken_from = least(taken_from, ${row.start_time}::timestamptz, ${now.start_time}::timestamptz),
      taken_to = greatest(
        nullif(taken_to, 'infinity'), ${row.end_time}::timestamptz, ${now.end_time ?? 'infinity'}::timestamptz)
    where tenant_id = ${tx.tenant} and downtime_id = ${row.id}`);
}

/** Keeps the time of a stop that a person voided or split as it is; a stop that is open is voided up to this moment. */
export async function fixTime(tx: Tx, row: DowntimeRow, at: string): Promise<void> {
  if (row.source === 'manual') return;
  const until = row.end_time ?? (at > row.start_time ? at : row.start_time);
  await tx.query(sql`
    update state_stop
    set is_fixed = true, takes_rest = ${row.end_time === null}, taken_from = least(taken_from, ${row.start_time}::timestamptz),
      taken_to = greatest(nullif(taken_to, 'infinity'), ${until}::timestamptz)
    where tenant_id = ${tx.tenant} and downtime_id = ${row.id}`);
}

/** The second part of a split stop stays as it is, too. */
export async function fixSplit(tx: Tx, first: DowntimeRow, { id, start_time, end_time }: DowntimeRow): Promise<void> {
  if (first.source === 'manual') return;
  await tx.query(sql`
    insert into state_stop (tenant_id, line_id, key, downtime_id, derived_from, derived_to, derived_category, first_from,
      is_fixed, taken_from, taken_to)
    select tenant_id, line_id, ${id}::text, ${id}::uuid, derived_from, derived_to, derived_category,
      ${start_time}::timestamptz, true, ${start_time}::timestamptz, ${end_time}::timestamptz
    from state_stop
    where tenant_id = ${tx.tenant} and downtime_id = ${first.id}`);
}
