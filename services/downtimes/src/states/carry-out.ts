/** Writes derived stops where they differ from what is stored. */
import { downtimeAmended, downtimeEnded, downtimeVoided, type DowntimeRow, type LineRow } from '@plantops/contracts';
import { sql, type Tx } from '@plantops/persistence';
import { following, voidStop, type Stop } from '../downtimes/downtime.rules.ts';
import { changeReported, changeStop, recordReported } from '../downtimes/save-downtime.ts';
import type { Reasons } from '../reasons/reason.rules.ts';
import { isWatched } from '../silence/silence.rules.ts';
import { lookForSilence } from '../silence/watch-silence.ts';
import { isBefore } from './time.rules.ts';
import type { Plan, Wanted } from './identity.rules.ts';

/** What the stops are derived from: the states of the line (event), or its silence; and the reasons that they name. */
type Of = { readonly source: 'event' | 'silence'; readonly reasons: Reasons };

/** Call under the line's lock. */
export const carryOut = async (tx: Tx, line: LineRow, plan: Plan, of: Of, now: string): Promise<void> => {
  const author = { actor: `line:${line.code}` };
  // Stops that no longer follow are voided first, so that new ones do not overlap them.
  for (const row of plan.withdrawn) await withdraw(tx, line, row, author, now);
  await letMove(tx, plan.wanted);
  for (const wanted of plan.wanted) await follow(tx, line, wanted, of, author, now);
  // A line that stands is not silent.
  const moved = of.source === 'event' && isWatched(line.versions) ? timesOf(plan) : [];
  if (moved.length > 0)
    await lookForSilence(
      tx,
      line.id,
      { from: moved.map(({ from }) => from).sort()[0] as string, to: latest(moved) },
      now,
    );
};

/** The times of rows that come, go or move, before and after. */
const timesOf = ({ withdrawn, wanted }: Plan): { from: string; to: string | null }[] => [
  ...withdrawn.map(({ start_time: from, end_time: to }) => ({ from, to })),
  ...wanted
    .filter((one) => one.row === undefined || movesOf(one))
    .flatMap(({ row, fields }) =>
      [row, fields].flatMap((stop) => (stop === undefined ? [] : [{ from: stop.start_time, to: stop.end_time }])),
    ),
];

const latest = (times: readonly { to: string | null }[]): string | null =>
  times.reduce<string | null>((last, { to }) => (isBefore(last, to) ? to : last), '');

type Author = { actor: string };

const withdraw = async (tx: Tx, line: LineRow, row: DowntimeRow, author: Author, now: string): Promise<void> => {
  await tx.query(sql`
    delete from state_stop
    where tenant_id = ${tx.tenant} and line_id = ${line.id} and downtime_id = ${row.id}`);
  const changes = voidStop(row, 'a report that arrived later shows that the line did not stop then', now);
  await changeStop(tx, row, changes, downtimeVoided, author, now);
};

const movesOf = ({ row, fields }: Wanted): boolean =>
  row !== undefined && (row.start_time !== fields.start_time || row.end_time !== fields.end_time);

/** Of stops that move at once none may stand in the way of another: until it is written, each counts as overlapping. */
const letMove = async (tx: Tx, wanted: readonly Wanted[]): Promise<void> => {
  const moving = wanted.filter(movesOf).map(({ id }) => id);
  if (moving.length === 0 || wanted.length === 1) return;
  await tx.query(sql`
    update downtime
    set is_overlapping = true
    where tenant_id = ${tx.tenant} and id = any(${moving}::uuid[])`);
};

/** Writes a row where it differs from what it should be. */
const follow = async (
  tx: Tx,
  line: LineRow,
  { id, row, fields, derived_from, whole }: Wanted,
  { source, reasons }: Of,
  author: Author,
  now: string,
): Promise<void> => {
  const known = { versions: line.versions, reasons, others: { since: whole.from, until: whole.to } };
  const stop = following(row ?? { line_id: line.id, source }, fields, known);
  if (row === undefined) {
    await recordReported(tx, { ...stop, id }, author, now);
    await tx.query(sql`
      insert into state_stop
        (tenant_id, line_id, key, downtime_id, derived_from, derived_to, derived_category, first_from)
      values (
        ${tx.tenant}, ${line.id}, ${id}, ${id}, ${stop.start_time}, ${stop.end_time}, ${stop.reason_category},
        ${stop.start_time})`);
    return;
  }
  const changes = Object.fromEntries(
    Object.entries(stop).filter(([field, value]) => value !== row[field as keyof DowntimeRow]),
  ) as Partial<Stop>;
  if (Object.keys(changes).length === 0) return;
  const ends = row.status === 'open' && stop.status === 'ended';
  await changeReported(tx, row, changes, ends ? downtimeEnded : downtimeAmended, author, now);
  await tx.query(sql`
    update state_stop
    set derived_from = coalesce(${derived_from ?? null}::timestamptz, derived_from), derived_to = ${stop.end_time},
      derived_category = ${stop.reason_category},
      taken_from = case when is_fixed or taken_from is null then taken_from else ${stop.start_time}::timestamptz end,
      taken_to = case
        when is_fixed or taken_to is null then taken_to
        else ${stop.end_time ?? 'infinity'}::timestamptz end
    where tenant_id = ${tx.tenant} and line_id = ${line.id} and downtime_id = ${id}`);
};
