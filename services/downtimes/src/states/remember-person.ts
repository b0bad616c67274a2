/**
 * Keeps what people say of stops that were derived from states: derived again, the words stay with their time, and the
 * times that people gave stay as they are.
 */
import type { DowntimeRow } from '@plantops/contracts';
import { sql, type Tx } from '@plantops/persistence';
import type { Stop } from '../downtimes/downtime.rules.ts';
import { SAID, type Said } from './identity.rules.ts';

/** A row before a person's command, and what the command changes. Only rows from events can be derived. */
type Command = { readonly row: DowntimeRow; readonly changes: Partial<Stop>; readonly at: string };

/** Keeps which of the fields a person said, with the time that the stop has now; an open one up to this moment. */
export async function rememberWord(tx: Tx, sent: object, { row, changes, at }: Command): Promise<void> {
  const now = { ...row, ...changes };
  const said: Said = Object.fromEntries(
    SAID.filter((group) => group.some((field) => field in sent)).flatMap((group) =>
      group.map((field) => [field, now[field]]),
    ),
  );
  if (row.source !== 'event' || Object.keys(said).length === 0) return;
  await tx.query(sql`
    insert into stop_word (tenant_id, line_id, downtime_id, "from", "to", said)
    select tenant_id, line_id, downtime_id, ${now.start_time}::timestamptz,
      greatest(${now.end_time ?? at}::timestamptz, ${now.start_time}::timestamptz + interval '1 millisecond'),
      ${JSON.stringify(said)}::jsonb
    from state_stop
    where tenant_id = ${tx.tenant} and downtime_id = ${row.id}`);
}

/** Keeps the time that a person gave, split or voided: that of the stop before and after. */
export async function rememberDecision(tx: Tx, { row, changes }: Omit<Command, 'at'>): Promise<void> {
  if (row.source !== 'event') return;
  const [from] = [row.start_time, changes.start_time ?? row.start_time].sort();
  const to = row.end_time === null ? null : [row.end_time, changes.end_time ?? row.end_time].sort()[1];
  await tx.query(sql`
    update state_stop
    set decided_to = case
        when decided_from is null then ${to ?? null}::timestamptz
        when decided_to is not null then greatest(decided_to, ${to ?? null}::timestamptz) end,
      decided_from = least(decided_from, ${from}::timestamptz)
    where tenant_id = ${tx.tenant} and downtime_id = ${row.id}`);
}
