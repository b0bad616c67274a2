/** Updates the recorded stops of a line from its states, around the time that a report or a batch has changed. */
import { seqOf, type LineRow } from '@plantops/contracts';
import { sql, type Tx } from '@plantops/persistence';
import { v7 as uuidv7 } from 'uuid';
import { latestAt } from '../activity/activity.rules.ts';
import { firstUnits } from '../activity/first-units.ts';
import { findReasons } from '../reasons/find-reasons.ts';
import { carryOut } from './carry-out.ts';
import { partsOf, unprovenIn, type BatchInterval } from './departure.rules.ts';
import { heldOf, type Report } from './held.rules.ts';
import { withoutNoise, type Judged } from './noise.rules.ts';
import { planOf } from './identity.rules.ts';
import { storedIn } from './stored-stops.ts';
import { holds } from './time.rules.ts';
import type { Word } from './words.rules.ts';

/** The time that changed; if `to` is null, everything after `from`. */
export type Changed = { from: string; to: string | null };

/** Call under the line's lock. */
export const deriveStops = async (tx: Tx, line: LineRow, changed: Changed, now: string): Promise<void> => {
  const around = await runningAround(tx, line.id, changed);
  const [reports, batches, { known, words }] = await Promise.all([
    reportsIn(tx, line.id, around),
    batchesIn(tx, line.id, around),
    storedIn(tx, line.id, around, 'event'),
  ]);
  const reasons = await findReasons(tx, [
    ...reports.map(({ reason_code }) => reason_code),
    ...words.map(({ said }) => said.reason_code),
  ]);
  const runs = await provenRuns(tx, line, { reports, words }, now);
  const { parts, pending } = withoutNoise(partsOf(reports, batches, reasons, runs), line.versions, now);
  if (pending !== undefined) await lookAgain(tx, line.id, pending);
  await carryOut(tx, line, planOf(parts, known, words, uuidv7), { source: 'event', reasons }, now);
};

/** Where units prove that the line runs, by the instant of the state that says that it does not. */
const provenRuns = async (
  tx: Tx,
  { code, versions }: LineRow,
  { reports, words }: { readonly reports: readonly Report[]; readonly words: readonly Word[] },
  now: string,
): Promise<Map<string, string>> => {
  // Units are made in ramp-up, too.
  const rampUps = words.filter(({ said }) => said.phase === 'startup');
  const unproven = unprovenIn(heldOf(reports), versions).filter(
    ({ since }) => !rampUps.some((word) => holds(word, since)),
  );
  if (unproven.length === 0) return new Map();
  const found = await firstUnits(
    tx,
    unproven.map(({ after, before }) => ({ line_code: code, after, before: before ?? latestAt(now) })),
  );
  return new Map(unproven.flatMap(({ since }, index) => (found[index] === undefined ? [] : [[since, found[index]]])));
};

/** A departure becomes a stop by the passing of time. */
const lookAgain = (tx: Tx, lineId: string, { since, due_at }: NonNullable<Judged['pending']>): Promise<unknown> =>
  tx.query(sql`
    insert into open_departure (tenant_id, line_id, since, due_at)
    values (${tx.tenant}, ${lineId}, ${since}, ${due_at})
    on conflict (tenant_id, line_id) do update set since = excluded.since, due_at = excluded.due_at`);

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

/** When batches ran. One that does not say so ran from its start to its end. */
const batchesIn = (tx: Tx, lineId: string, around: Changed): Promise<BatchInterval[]> =>
  tx.query<BatchInterval>(
    ['b.ended_at is null', 'b.ended_at > $3']
      .map(
        (lasts) =>
          `select coalesce(r."from", b.started_at) as "from", least(r."to", b.ended_at) as "to"
           from batch b
           left join lateral jsonb_to_recordset(b.runs) as r("from" timestamptz, "to" timestamptz) on true
           where b.tenant_id = $1 and b.line_id = $2 and ${lasts} and ($4::timestamptz is null or b.started_at < $4)
             and (b.runs is null or r."from" is not null)`,
      )
      .join(' union all '),
    [tx.tenant, lineId, around.from, around.to],
  );
