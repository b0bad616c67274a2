/**
 * I8: after the faults the plant recovers: reports of a line are posted at once, and processes ended only by signals of
 * this test.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { MEMORY_BOUND_MB, type PlantTables } from '@plantops/testing/plant';
import type { ChaosPlant } from '../chaos-plant.ts';
import type { Edge } from '../load/edge.ts';
import { PROBE_LINE, PRODUCT, type MasterData } from '../load/master-data.ts';
import type { Finding } from './finding.ts';

const PROBES = 50;
const PACE_MS = 60;
/** A round begins within this after the faults. */
const RECOVERY_MS = 30_000;
const GIVE_UP_MS = 15_000;
const LOOK_EVERY_MS = 20;
const TENANT = 'akron';

export type Liveness = { readonly p99_ms: number; readonly rounds: number; readonly breaches: readonly string[] };

type Recovery = { readonly endedAt: number; readonly promisedMs: number };
/** Sends rounds of events until one is fast enough, or until the time to recover is over. */
export async function probe(
  tables: PlantTables,
  edge: Edge,
  data: MasterData,
  { endedAt, promisedMs }: Recovery,
): Promise<Liveness> {
  const rounds: string[] = [];
  let p99_ms = Number.POSITIVE_INFINITY;
  while (p99_ms >= promisedMs && (rounds.length === 0 || performance.now() - endedAt < RECOVERY_MS)) {
    const times = (await round(tables, edge, data, rounds.length + 1)).sort((one, other) => one.ms - other.ms);
    const slowest = times[Math.ceil(PROBES * 0.99) - 1] as Arrival;
    p99_ms = slowest.ms;
    rounds.push(`${Math.round(p99_ms)} ms${p99_ms < promisedMs ? '' : ` (${await stagesOf(tables, slowest)})`}`);
  }
  const breaches = p99_ms < promisedMs ? [] : [`events reach the ledger in (p99, round by round) ${rounds.join('; ')}`];
  return { p99_ms, rounds: rounds.length, breaches };
}

type Arrival = { readonly at: number; readonly sentAt: number; readonly ms: number };

/** The times after which a slow event was stored, published and applied. */
async function stagesOf(tables: PlantTables, { at, sentAt }: Arrival): Promise<string> {
  const [row] = await tables.query<{ event_id: string; created_at: Date; published_at: Date | null }>(
    'production',
    `select o.event_id, o.created_at, o.published_at
     from scrap_event s
     join outbox o on o.row_id = s.id
     where s.tenant_id = $1 and s.at = $2
     order by o.id
     limit 1`,
    [TENANT, new Date(at).toISOString()],
  );
  if (row === undefined) return 'not stored';
  const [applied] = await tables.query<{ processed_at: Date }>(
    'money-leaks',
    'select processed_at from inbox where event_id = $1',
    [row.event_id],
  );
  const after = (time: Date | null | undefined) => (time ? `${time.getTime() - sentAt} ms` : 'never');
  return `stored after ${after(row.created_at)}, published after ${after(row.published_at)}, applied after ${after(applied?.processed_at)}`;
}

/** Sends a round of events and measures the time from sending each until its posting is committed. */
async function round(tables: PlantTables, edge: Edge, data: MasterData, turn: number): Promise<Arrival[]> {
  const began = new Map<number, number>();
  const clockAhead = Date.now() - performance.now();
  const day = Math.floor(Date.now() / 86_400_000) * 86_400_000 - 3 * 86_400_000;
  const publish = async (at: number): Promise<void> => {
    began.set(at, performance.now());
    const id = `probe-${at}`;
    const payload = JSON.stringify({
      id,
      at: new Date(at).toISOString(),
      quantity: 1,
      product_code: PRODUCT,
      unit_cost: 1,
    });
    await edge.publish({ tenant: TENANT, line: PROBE_LINE, kind: 'scrap', id, payload }).catch(() => undefined);
  };
  const publishAll = async (): Promise<void> => {
    for (let index = 0; index < PROBES; index += 1) {
      void publish(day + turn * 1_000_000 + index * 1_000);
      await delay(PACE_MS);
    }
  };
  const publishing = publishAll();
  const arrived = new Map<number, number>();
  const deadline = performance.now() + PROBES * PACE_MS + GIVE_UP_MS;
  while (arrived.size < PROBES && performance.now() < deadline) {
    const rows = await tables.query<{ at: Date }>(
      'money-leaks',
      'select occurred_from as at from money_leak where tenant_id = $1 and line_id = $2',
      [TENANT, data.lines[TENANT]?.[PROBE_LINE]],
    );
    for (const { at } of rows) {
      const start = began.get(at.getTime());
      if (start !== undefined && !arrived.has(at.getTime())) arrived.set(at.getTime(), performance.now() - start);
    }
    await delay(LOOK_EVERY_MS);
  }
  await publishing;
  return [...began].map(([at, start]) => ({
    at,
    sentAt: Math.round(start + clockAhead),
    ms: arrived.get(at) ?? GIVE_UP_MS,
  }));
}

type After = {
  readonly liveness: Liveness;
  readonly unsettled: readonly string[];
  readonly memory: ReadonlyMap<string, number>;
};

export const checkAlive = (
  chaos: ChaosPlant,
  { liveness: { p99_ms, rounds, breaches }, unsettled, memory }: After,
): Finding => ({
  name: 'I8',
  promise: `the plant recovers (p99 ${Math.round(p99_ms)} ms in round ${rounds}), becomes quiet, no process ended by itself, memory stayed within its limit (${Math.round(Math.max(...memory.values()))} MB)`,
  looked: PROBES,
  breaches: [
    ...breaches,
    ...unsettled.map((what) => `not quiet: ${what}`),
    ...[...memory].flatMap(([name, mb]) => (mb > MEMORY_BOUND_MB ? [`${name} used ${Math.round(mb)} MB`] : [])),
    ...chaos.endedByThemselves().map((who) => `${who} ended without a signal of this test`),
  ],
});
