/** What a service does with the line events of the kinds that it owns. */
import type { LineEvent, ServiceName } from '@plantops/contracts';
import { sql, type Sql } from '../database/sql.ts';
import type { Tx } from '../database/tx.ts';

/** The result for one line event. `releases` are keys that other line events may wait for. */
export type Verdict = { applied: true; releases?: readonly string[] } | { waitsFor: string } | { rejected: string };

export function applied(...releases: string[]): Verdict {
  return { applied: true, releases };
}

/** Applies line events of one tenant, all of kinds that the service owns; returns one verdict each, in their order. */
export type ApplyLineEvents = (tx: Tx, events: readonly LineEvent[], now: string) => Promise<Verdict[]>;

/**
 * `observe` sees the events of all kinds before they are applied; those of other services that are ahead of the clock before
 * their time. `lateAfterDays` reads the tenant's setting: an event that is older at its arrival waits. `mostWaiting` limits the line
 * events of one tenant that wait.
 */
export type LineEventHandler = {
  readonly service: ServiceName;
  readonly apply: ApplyLineEvents;
  readonly observe?: (tx: Tx, events: readonly LineEvent[], now: string) => Promise<void>;
  readonly lateAfterDays: (tx: Tx) => Promise<number>;
  readonly mostWaiting?: number;
};

/** What a line event waits for, as a key. */
export const waitKey = {
  line: (lineCode: string) => `line:${lineCode}`,
  product: (productCode: string) => `product:${productCode}`,
  unit: (productCode: string, unit: string) => `unit:${productCode}:${unit}`,
  state: (lineCode: string, key: string) => `state:${lineCode}:${key}`,
  batch: (lineCode: string, batchNumber: string) => `batch:${lineCode}:${batchNumber}`,
  downtime: (lineCode: string, reference: string) => `downtime:${lineCode}:${reference}`,
};

const LINE_EVENTS = 'line-events';
/**
 * One transaction at a time applies or releases line events of a tenant; it takes this lock before any other. So no
 * line event begins to wait for something that has just become known, and two such transactions never wait for each
 * other's rows.
 */
export function lockLineEvents(tx: Tx): Promise<void> {
  return tx.lock(LINE_EVENTS);
}
/** Takes the same lock only if the query finds a row; returns whether it did. */
export async function lockLineEventsOf(tx: Tx, found: Sql): Promise<boolean> {
  const rows = await tx.query(sql`
    select pg_advisory_xact_lock(hashtextextended(${`${tx.tenant}/${LINE_EVENTS}`}, 0))
    where exists (${found})`);
  return rows.length > 0;
}
export function tryLockLineEvents(tx: Tx): Promise<boolean> {
  return tx.tryLock(LINE_EVENTS);
}
