/** Updates the recorded stops of a line from its states, around the time that a report or a batch has changed. */
import {
  downtimeAmended,
  downtimeEnded,
  downtimeVoided,
  seqOf,
  type DowntimeRow,
  type LineRow,
} from '@plantops/contracts';
import { columnsOf, sql, type Tx } from '@plantops/persistence';
import { v7 as uuidv7 } from 'uuid';
import { following, voidStop, type Stop } from '../downtimes/downtime.rules.ts';
import { Downtime } from '../downtimes/downtime.table.ts';
import { changeReported, changeStop, recordReported } from '../downtimes/save-downtime.ts';
import { findReasons } from '../reasons/find-reasons.ts';
import type { Reasons } from '../reasons/reason.rules.ts';
import { partsOf, type BatchInterval } from './departure.rules.ts';
import type { Report } from './held.rules.ts';
import { withoutNoise, type Judged } from './noise.rules.ts';
import { planOf, type KnownStop, type Wanted } from './identity.rules.ts';
import type { Word } from './words.rules.ts';

/** The time that changed; if `to` is null, everything after `from`. */
export type Changed = { from: string; to: string | null };

/** Call under the line's lock. */
export const deriveStops = async (tx: Tx, line: LineRow, changed: Changed, now: string): Promise<void> => {
  const around = await runningAround(tx, line.id, changed);
  const [reports, batches, known, words] = await Promise.all([
    reportsIn(tx, line.id, around),
    batchesIn(tx, line.id, around),
    knownIn(tx, line.id, around),
    wordsIn(tx, line.id, around),
  ]);
  const reasons = await findReasons(tx, [
    ...reports.map(({ reason_code }) => reason_code),
    ...words.map(({ said }) => said.reason_code),
  ]);
  const { parts, pending } = withoutNoise(partsOf(reports, batches, reasons), line.versions, now);
  if (pending !== undefined) await lookAgain(tx, line.id, pending);
  const plan = planOf(parts, known, words, uuidv7);
  const author = { actor: `line:${line.code}` };
  // Stops that no longer follow are voided first, so that new ones do not overlap them.
  for (const row of plan.withdrawn) await withdraw(tx, line, row, author, now);
  await letMove(tx, plan.wanted);
  for (const wanted of plan.wanted) await follow(tx, line, wanted, reasons, author, now);
};

/** A departure becomes a stop by the passing of time. */
const lookAgain = (tx: Tx, lineId: string, { since, due_at }: NonNullable<Judged['pending']>): Promise<unknown> =>
  tx.query(sql`
    insert into open_departure (tenant_id, line_id, since, due_at)
    values (${tx.tenant}, ${lineId}, ${since}, ${due_at})
    on conflict (tenant_id, line_id) do update set since = excluded.since, due_at = excluded.due_at`);

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
  reasons: Reasons,
  author: Author,
  now: string,
): Promise<void> => {
  const known = { versions: line.versions, reasons, others: { since: whole.from, until: whole.to } };
  const stop = following(row ?? { line_id: line.id, source: 'event' }, fields, known);
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

/**
 * The last time before the change at which the line ran, and the first one after it: nothing outside can be affected.
 * What holds at an instant with several reports depends on the reports before, unless all of them say the same.
 */
const runningAround = async (tx: Tx, lineId: string, changed: Changed): Promise<Changed> => {
  const running = `
    select r.at
    from state_report r
    where r.tenant_id = $1 and r.line_id = $2 and r.state = 'running'
      and not exists (
        select from state_report w
        where w.tenant_id = $1 and w.line_id = $2 and w.at = r.at and w.state <> 'running'
      )`;
  const [edges] = await tx.query<{ since: string | null; until: string | null }>(
    `select
       (${running} and r.at < $3 order by r.at desc limit 1) as since,
       (${running} and r.at > $4 order by r.at limit 1) as until`,
    [tx.tenant, lineId, changed.from, changed.to],
  );
  return { from: edges?.since ?? '1970-01-01T00:00:00.000Z', to: edges?.until ?? null };
};

const reportsIn = async (tx: Tx, lineId: string, around: Changed): Promise<Report[]> => {
  type Row = Omit<Report, 'seq' | 'event_id'> & { id: string; seq: number | null; event_id: string | null };
  const rows = await tx.query<Row>(
    `select id, at, state, reason_code, seq::float8 as seq, event_id
     from state_report
     where tenant_id = $1 and line_id = $2 and at >= $3 and ($4::timestamptz is null or at <= $4)
     order by at`,
    [tx.tenant, lineId, around.from, around.to],
  );
  // Copies of the version before store neither: the id has the sequence.
  return rows.map(({ id, seq, event_id, ...report }) => ({
    ...report,
    seq: seq ?? seqOf({ id }),
    event_id: event_id ?? id,
  }));
};

const batchesIn = (tx: Tx, lineId: string, around: Changed): Promise<BatchInterval[]> =>
  tx.query<BatchInterval>(
    ['ended_at is null', 'ended_at > $3']
      .map(
        (lasts) =>
          `select started_at as "from", ended_at as "to"
           from batch
           where tenant_id = $1 and line_id = $2 and ${lasts} and ($4::timestamptz is null or started_at < $4)`,
      )
      .join(' union all '),
    [tx.tenant, lineId, around.from, around.to],
  );

/**
 * The rows that were derived in this time, and those that a person gave time in it. Read the words after them: what a
 * person is just saying of a row is stored when its lock is free.
 */
const knownIn = async (tx: Tx, lineId: string, around: Changed): Promise<KnownStop[]> => {
  type Row = DowntimeRow & {
    first_from: string;
    derived_from: string;
    given_from: string | null;
    given_to: string | null;
    is_fixed: boolean;
    takes_rest: boolean;
    taken_from: string | null;
    taken_to: string | null;
  };
  const rows = await tx.query<Row>(
    `with asked as materialized (
       select key
       from state_stop
       where tenant_id = $1 and line_id = $2 and derived_from >= $3 and ($4::timestamptz is null or derived_from < $4)
       union
       select key
       from state_stop
       where tenant_id = $1 and line_id = $2 and taken_from is not null and taken_to > $3
         and ($4::timestamptz is null or taken_from < $4))
     select ${columnsOf(Downtime, 'd')}, coalesce(s.first_from, s.derived_from) as first_from,
       s.derived_from, s.given_from, s.given_to, s.is_fixed, s.takes_rest, s.taken_from,
       nullif(s.taken_to, 'infinity') as taken_to
     from asked
     join state_stop s on s.tenant_id = $1 and s.line_id = $2 and s.key = asked.key
     join downtime d on d.tenant_id = s.tenant_id and d.id = s.downtime_id
     for update of s, d`,
    [tx.tenant, lineId, around.from, around.to],
  );
  return rows.map(
    ({ first_from, derived_from, given_from, given_to, is_fixed, takes_rest, taken_from, taken_to, ...row }) => ({
      row,
      first_from,
      derived_from,
      isNear: derived_from >= around.from && (around.to === null || derived_from < around.to),
      given: { from: given_from, to: given_to },
      fixed: is_fixed ? { from: taken_from ?? row.start_time, to: taken_to, takesRest: takes_rest } : null,
    }),
  );
};

const wordsIn = (tx: Tx, lineId: string, around: Changed): Promise<Word[]> =>
  tx.query<Word>(
    `select downtime_id, "from", "to", said
     from stop_word
     where tenant_id = $1 and line_id = $2 and "to" > $3 and ($4::timestamptz is null or "from" < $4)
     order by id`,
    [tx.tenant, lineId, around.from, around.to],
  );
