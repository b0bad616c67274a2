/** The waiting line events of a service, as people see, release and discard them. */
import {
  Problem,
  type JsonText,
  type LineClock,
  type ReleasedRow,
  type ReleasedSum,
  type ServiceName,
  type WaitingRow,
} from '@plantops/contracts';
import type { Database } from '../database/database.ts';
import { join, sql, type Sql } from '../database/sql.ts';
import type { Tx } from '../database/tx.ts';
import { recordHistory } from '../outbox/history.ts';
import type { Cause } from '../outbox/outbox.ts';
import { runCommand, type Commander } from '../rows/idempotency.ts';
import { getFromView, listPage, view, type Page, type PageRequest } from '../rows/list-page.ts';
import { applyLineEvents } from './apply-line-events.ts';
import { lockLineEvents, type LineEventHandler } from './verdict.ts';
import { markReleased, takeWaiting } from './waiting-line-events.ts';
import { whyItWaits } from './why-it-waits.rules.ts';

/** Each of them is written into the history, without its body: so many take a second. */
const RELEASED_BY_FILTER = 5_000;

type Filters = Readonly<Partial<Record<'line_code' | 'kind' | 'event_id' | 'reason', string | undefined>>>;
type Clock = () => string;

const rowsOf = (service: ServiceName) =>
  view<WaitingRow>(
    `(
      select id, tenant_id, line_code, kind, event_id, reason, waits_for, received_at as since, happened_at,
        event->>'body' as body
      from waiting_line_event
    ) t`,
    `t.id, t.tenant_id, '${service}' as service, t.line_code, t.kind, t.event_id, t.reason, t.waits_for, t.since,
     t.happened_at, t.body`,
  );

export const listWaiting =
  (database: Database, service: ServiceName) =>
  (
    { line_code, kind, event_id, reason, ...page }: PageRequest & Filters,
    { tenant }: Commander,
  ): Promise<JsonText<Page<WaitingRow>>> =>
    database.transact(tenant, (tx) =>
      listPage(
        tx,
        rowsOf(service),
        [
          ['t.line_code = ?', line_code],
          ['t.kind = ?', kind],
          ['t.event_id = ?', event_id],
          ['t.reason = ?', reason],
        ],
        page,
      ),
    );

/** Applies an event that waits. Throws `illegal_transition` if its time or what it waits for has not come. */
export const releaseOne =
  (database: Database, handler: LineEventHandler, now: Clock) =>
  ({ id }: { id: string }, by: Commander): Promise<ReleasedRow> =>
    runCommand(database, by, async (tx) => {
      await lockLineEvents(tx);
      const row = await getFromView(tx, rowsOf(handler.service), 'waiting line event', id);
      const at = now();
      if (row.happened_at !== null && isAhead(row.reason) && row.happened_at > at)
        throw new Problem('illegal_transition', `its time is ${row.happened_at}: release it then`);
      const [verdict] = await applyLineEvents(tx, handler, await takeWaiting(tx, sql`id = ${id}`, 1), at);
      if (verdict === undefined) throw new Problem('not_found', `there is no waiting line event ${id}`);
      if ('waitsFor' in verdict && verdict.waitsFor === row.waits_for)
        throw new Problem('illegal_transition', `${whyItWaits(row.waits_for)}: add it, and the event is applied`);
      const outcome =
        'waitsFor' in verdict
          ? { outcome: 'waiting' as const, detail: whyItWaits(verdict.waitsFor) }
          : 'rejected' in verdict
            ? { outcome: 'rejected' as const, detail: verdict.rejected }
            : { outcome: 'applied' as const, detail: null };
      const released = { ...row, ...outcome };
      await recordWaiting(tx, { service: handler.service, type: 'waiting.released', rows: [released] }, by, at);
      return released;
    });

const isAhead = (reason: string): boolean => reason === 'early' || reason === 'clock_ahead';

/** Releases events that wait for their time or for a person. Those that wait for something unknown wait on. */
export const releaseAll =
  (database: Database, handler: LineEventHandler, now: Clock) =>
  (filters: Filters, by: Commander): Promise<ReleasedSum> =>
    runCommand(database, by, async (tx) => {
      await lockLineEvents(tx);
      const at = now();
      const asked = join(
        [sql`true`, ...Object.entries(filters).flatMap(([name, value]) => conditionOf(name as keyof Filters, value))],
        ' and ',
      );
      const released = await markReleased(
        tx,
        sql`${asked}
          and (waits_for = 'too_old' or waits_for in ('early', 'clock_ahead') and happened_at <= ${at})`,
        RELEASED_BY_FILTER,
      );
      await recordWaiting(
        tx,
        {
          service: handler.service,
          type: 'waiting.released',
          rows: released.map((row) => ({ ...row, service: handler.service })),
        },
        by,
        at,
      );
      const [rest] = await tx.query<{ count: number }>(sql`
        select count(*) as count
        from waiting_line_event
        where tenant_id = ${tx.tenant} and waits_for <> 'released' and ${asked}`);
      return { released: released.length, waiting: rest?.count ?? 0 };
    });

const conditionOf = (name: keyof Filters, value: string | undefined): Sql[] => {
  if (value === undefined) return [];
  const conditions = {
    line_code: sql`line_code = ${value}`,
    kind: sql`kind = ${value}`,
    event_id: sql`event_id = ${value}`,
    reason: sql`reason = ${value}`,
  };
  return [conditions[name]];
};

/** Drops an event that waits. Its id stays used. */
export const discardWaiting =
  (database: Database, service: ServiceName, now: Clock) =>
  ({ id, reason }: { id: string; reason?: string | undefined }, by: Commander): Promise<WaitingRow> =>
    runCommand(database, by, async (tx) => {
      await lockLineEvents(tx);
      const row = await getFromView(tx, rowsOf(service), 'waiting line event', id);
      await tx.query(sql`delete from waiting_line_event where tenant_id = ${tx.tenant} and id = ${id}`);
      const discarded = { ...row, discard_reason: reason ?? null };
      await recordWaiting(tx, { service, type: 'waiting.discarded', rows: [discarded] }, by, now());
      return row;
    });

type Recorded = {
  readonly service: ServiceName;
  readonly type: 'waiting.released' | 'waiting.discarded';
  readonly rows: readonly (Readonly<Record<string, unknown>> & { readonly id: string })[];
};
/** Writes what was done to waiting events into the history, without their bodies: viewers read it, and it is kept. */
export function recordWaiting(tx: Tx, { rows, ...recorded }: Recorded, cause: Cause, now: string): Promise<void> {
  const withoutBodies = rows.map((row) => {
    const { body: _, ...rest } = row;
    return rest;
  });
  return recordHistory(tx, { ...recorded, rows: withoutBodies }, cause, now);
}

type Count = { readonly reason: string; readonly count: number };
type ClockOfLine = Omit<LineClock, 'line_id'> & { readonly line_code: string };

/** How many events of the tenant wait, by reason; with codes of lines, those of these lines. */
export function countWaiting(tx: Tx, lineCodes?: readonly string[]): Promise<Count[]> {
  return tx.query<Count>(sql`
    select reason, count(*) as count
    from waiting_line_event
    where tenant_id = ${tx.tenant} and (${lineCodes ?? null}::text[] is null or line_code = any(${lineCodes ?? null}))
    group by reason
    order by reason`);
}

const MOST_LINES = 2_000;
/** The lines of which events wait because their clock is not plausible. `lateAfterDays`: the tenant's setting. */
export function lineClocks(tx: Tx, lateAfterDays: number): Promise<ClockOfLine[]> {
  return tx.query<ClockOfLine>(sql`
    select line_code,
      case waits_for when 'too_old' then 'behind' else 'ahead' end as side,
      count(*) as events,
      min(received_at) as since,
      round(max(abs(extract(epoch from happened_at - arrived_at))) / 60, 1)::float8 as offset_minutes,
      (case when waits_for = 'too_old' then ${lateAfterDays}::integer * 1440 else 0 end)::float8 as limit_minutes
    from waiting_line_event
    where tenant_id = ${tx.tenant} and waits_for in ('too_old', 'early', 'clock_ahead')
    group by line_code, side, limit_minutes
    order by line_code, side
    limit ${MOST_LINES}`);
}
