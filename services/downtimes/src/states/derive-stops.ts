/** Updates the recorded stops of a line from its states, around the time that a report or a batch has changed. */
import { downtimeAmended, downtimeEnded, downtimeVoided, type LineRow } from '@plantops/contracts';
import { lockRow, sql, type Tx } from '@plantops/persistence';
import { amend, end, start, voidStop } from '../downtimes/downtime.rules.ts';
import { Downtime } from '../downtimes/downtime.table.ts';
import { knownOf } from '../downtimes/known-of.ts';
import { changeReported, changeStop, recordReported } from '../downtimes/save-downtime.ts';
import { findReasons } from '../reasons/find-reasons.ts';
import type { Reasons } from '../reasons/reason.rules.ts';
import { stopsOf, type BatchSpan, type DerivedStop, type Report } from './state.rules.ts';

/** The time that changed; if `to` is null, everything after `from`. */
export type Changed = { from: string; to: string | null };
type Known = {
  key: string;
  downtime_id: string;
  derived_from: string;
  derived_to: string | null;
  derived_category: string;
};

/** Call under the line's lock. */
export const deriveStops = async (tx: Tx, line: LineRow, changed: Changed, now: string): Promise<void> => {
  const around = await runningAround(tx, line.id, changed);
  const reports = await reportsIn(tx, line.id, around);
  const reasons = await findReasons(
    tx,
    reports.map(({ reason_code }) => reason_code),
  );
  const wanted = stopsOf(reports, await batchesIn(tx, line.id, around), reasons);
  const known = await tx.query<Known>(
    `select key, downtime_id, derived_from, derived_to, derived_category
     from state_stop
     where tenant_id = $1 and line_id = $2
       and derived_from >= $3 and ($4::timestamptz is null or derived_from < $4)`,
    [tx.tenant, line.id, around.from, around.to],
  );
  const author = { actor: `line:${line.code}` };
  const byKey = new Map(known.map((stop) => [stop.key, stop]));
  // Stops that no longer follow are voided first, so that new ones do not overlap them.
  const keys = new Set(wanted.map(({ key }) => key));
  for (const stop of known.filter(({ key }) => !keys.has(key))) await withdraw(tx, line, stop, author, now);
  for (const stop of wanted) {
    const before = byKey.get(stop.key);
    if (!before) await open(tx, line, stop, reasons, author, now);
    else if (!sameAs(before, stop)) await move(tx, line, before, stop, author, now);
  }
};

type Author = { actor: string };

const sameAs = (before: Known, stop: DerivedStop): boolean =>
  before.derived_from === stop.from &&
  before.derived_to === stop.to &&
  before.derived_category === stop.reason_category;

const open = async (
  tx: Tx,
  { id: line_id, versions }: LineRow,
  { key, from, to, ...reason }: DerivedStop,
  reasons: Reasons,
  author: Author,
  now: string,
): Promise<void> => {
  const row = await recordReported(
    tx,
    start({ ...reason, line_id, start_time: from, end_time: to, source: 'event' }, { versions, reasons }, now),
    author,
    now,
  );
  await tx.query(sql`
    insert into state_stop (tenant_id, line_id, key, downtime_id, derived_from, derived_to, derived_category)
    values (${tx.tenant}, ${line_id}, ${key}, ${row.id}, ${from}, ${to}, ${reason.reason_category})`);
};

/** Times and reason follow the states, except what a person has corrected since. */
const move = async (
  tx: Tx,
  line: LineRow,
  before: Known,
  stop: DerivedStop,
  author: Author,
  now: string,
): Promise<void> => {
  await tx.query(sql`
    update state_stop
    set derived_from = ${stop.from}, derived_to = ${stop.to}, derived_category = ${stop.reason_category}
    where tenant_id = ${tx.tenant} and line_id = ${line.id} and key = ${stop.key}`);
  const row = await lockRow(tx, Downtime, before.downtime_id);
  if (row.voided_at !== null) return;
  const timesAreDerived = row.start_time === before.derived_from && row.end_time === before.derived_to;
  const times = timesAreDerived ? { start_time: stop.from, end_time: stop.to } : {};
  const reasonIsDerived = row.reason_category === before.derived_category;
  const reason = reasonIsDerived ? { reason_category: stop.reason_category, is_planned: stop.is_planned } : {};
  const ends = row.status === 'open' && timesAreDerived && stop.to !== null;
  const known = await knownOf(tx, line, row);
  const changes = ends
    ? end(row, { ...reason, start_time: stop.from, end_time: stop.to }, known, now)
    : amend(row, { ...reason, ...times }, known, now);
  await changeReported(tx, row, changes, ends ? downtimeEnded : downtimeAmended, author, now);
};

const withdraw = async (
  tx: Tx,
  line: LineRow,
  { key, downtime_id }: Known,
  author: Author,
  now: string,
): Promise<void> => {
  await tx.query(sql`
    delete from state_stop
    where tenant_id = ${tx.tenant} and line_id = ${line.id} and key = ${key}`);
  const row = await lockRow(tx, Downtime, downtime_id);
  if (row.voided_at === null)
    await changeStop(
      tx,
      row,
      voidStop(row, 'a state that arrived later shows that the line did not stop then', now),
      downtimeVoided,
      author,
      now,
    );
};

/**
 * The last time before the change at which the line ran, and the first one after it: nothing outside can be affected.
 */
const runningAround = async (tx: Tx, lineId: string, changed: Changed): Promise<Changed> => {
  // Of two reports for one instant only the last one counts.
  const running = `
    select r.at
    from state_report r
    where r.tenant_id = $1 and r.line_id = $2 and r.state = 'running'
      and not exists (
        select from state_report w
        where w.tenant_id = $1 and w.line_id = $2 and w.at = r.at and w.id > r.id
      )`;
  const [edges] = await tx.query<{ since: string | null; until: string | null }>(
    `select
       (${running} and r.at < $3 order by r.at desc limit 1) as since,
       (${running} and r.at > $4 order by r.at limit 1) as until`,
    [tx.tenant, lineId, changed.from, changed.to],
  );
  return { from: edges?.since ?? '1970-01-01T00:00:00.000Z', to: edges?.until ?? null };
};

const reportsIn = (tx: Tx, lineId: string, around: Changed): Promise<Report[]> =>
  tx.query<Report>(
    `select id, at, state, reason_code
     from state_report
     where tenant_id = $1 and line_id = $2 and at >= $3 and ($4::timestamptz is null or at <= $4)
     order by at, id`,
    [tx.tenant, lineId, around.from, around.to],
  );

const batchesIn = (tx: Tx, lineId: string, around: Changed): Promise<BatchSpan[]> =>
  tx.query<BatchSpan>(
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
