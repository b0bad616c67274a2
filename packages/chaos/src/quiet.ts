/** Waits until nothing is in progress: every outbox is published, every stream consumed, and no line event waits. */
import { setTimeout as delay } from 'node:timers/promises';
import type { NatsConnection } from 'nats';
import type { PlantTables } from '@plantops/testing/plant';
import { announcers } from './evidence.ts';
import { backlogs } from './streams.ts';

const LOOK_EVERY_MS = 250;
/** A service may announce further events when it applies one, so several checks in a row must find nothing. */
const LOOKS = 4;

/** Lists what is still in progress; at the last check, without messages that may have been replaced. */
async function unsettled(
  tables: PlantTables,
  connection: NatsConnection,
  tenants: readonly string[],
  isOver: boolean,
): Promise<string[]> {
  const found = (await backlogs(connection, tenants))
    .filter(({ pending, mayBeReplaced }) => pending > 0 && !(isOver && mayBeReplaced))
    .map(
      ({ stream, consumer, pending, reached, last }) =>
        `${pending} messages of ${stream} are not consumed by ${consumer}, which is at ${reached} of ${last}`,
    );
  for (const service of announcers) {
    const [row] = await tables.query<{ n: string }>(
      service,
      'select count(*) as n from outbox where published_at is null',
    );
    if (row?.n !== '0') found.push(`${row?.n} events of ${service} are not published`);
  }
  for (const service of ['production', 'downtimes'] as const) {
    const waiting = await tables.query<{ waits_for: string }>(service, 'select waits_for from waiting_line_event');
    if (waiting.length > 0)
      found.push(`${waiting.length} line events wait in ${service}, the first for ${waiting[0]?.waits_for}`);
  }
  return found;
}

/** Returns an empty list when everything became quiet in time; else what is still in progress. */
export async function untilQuiet(
  tables: PlantTables,
  connection: NatsConnection,
  tenants: readonly string[],
  withinMs: number,
): Promise<string[]> {
  const deadline = performance.now() + withinMs;
  let last: string[] = [];
  for (let quiet = 0; quiet < LOOKS;) {
    const isOver = performance.now() > deadline;
    try {
      last = await unsettled(tables, connection, tenants, isOver);
    } catch (error) {
      last = [String(error)];
    }
    quiet = last.length === 0 ? quiet + 1 : 0;
    if (isOver) return last;
    await delay(LOOK_EVERY_MS);
  }
  return [];
}
