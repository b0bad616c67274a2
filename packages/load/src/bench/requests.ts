/** Requests through the gateway: a stop begins, is read, is listed, and ends, until its money is posted. */
import { waitFor } from '@plantops/fixtures';
import { rowOf, type Row, type Run } from './figures.ts';
import type { Done } from './loader/jobs.ts';
import type { Tenant } from './tenants.ts';
import { SIDES, type Side, type World } from './world.ts';

const CONNECTIONS = [1, 32] as const;
const POSTED_WITHIN_MS = 60_000;
/** All stops of a round have ended before. */
const MOST_SECONDS = 300;
const MINUTE_MS = 60_000;
/** Each line has one open stop at a time: a round lasts ten minutes, its stop five. */
const [ROUND_MINUTES, STOP_MINUTES, FIRST_DAYS_AGO] = [10, 5, 30];
const PATH = '/api/v1/plant-ops/downtimes';
const KINDS = ['POST a stop', 'GET a stop', 'GET a list of 50', 'PUT its end, to money'] as const;
type Kind = (typeof KINDS)[number];
type Runs = Record<Side, Run[]>;

const iso = (at: number): string => new Date(at).toISOString();

/** Rounds on one history. The first one warms up and is not counted. */
export async function benchRequests(world: World, tenant: Tenant): Promise<Row[]> {
  const { requests, lines } = world.options;
  const first = Date.now() - FIRST_DAYS_AGO * 1_440 * MINUTE_MS;
  let rounds = 0;
  const play = async (connections: number, runs: Map<Kind, Runs>) => {
    const start = first + rounds * ROUND_MINUTES * MINUTE_MS;
    rounds += 1;
    // In turn, so that what else the machine does meets both.
    for (const side of rounds % 2 === 0 ? SIDES : SIDES.toReversed())
      for (const [kind, run] of await playRound(world, tenant, { side, connections, start })) {
        const of = runs.get(kind) ?? { plantops: [], floor: [] };
        of[side].push(run);
        runs.set(kind, of);
      }
  };
  await play(Math.max(...CONNECTIONS), new Map());
  const rows: Row[] = [];
  for (const connections of CONNECTIONS) {
    const runs = new Map<Kind, Runs>();
    for (let count = 0; count < requests; count += lines) await play(connections, runs);
    for (const [what, { plantops, floor }] of runs) {
      const name = { bench: 'requests', what, connections, rows: tenant.rows, compared_with: 'floor' } as const;
      rows.push(rowOf(name, plantops, floor));
    }
  }
  return rows;
}

/** One stop of each line: posted, read, listed with others, and ended. */
async function playRound(
  world: World,
  { name, token, busy, past }: Tenant,
  { side, connections, start }: { side: Side; connections: number; start: number },
): Promise<[Kind, Run][]> {
  const load = { token, connections };
  const stop = { start_time: iso(start), reason_category: 'mechanical' };
  const begun = await world.send(
    side,
    { ...load, requests: busy.map((line_id) => ({ method: 'POST', path: PATH, body: { line_id, ...stop } })) },
    nothing,
  );
  const { ids } = begun.done;
  const read = ids.map((id) => ({ method: 'GET', path: `${PATH}/${id}` }));
  const one = await world.send(side, { ...load, requests: read });
  const listed = past.map((line_id) => ({ method: 'GET', path: `${PATH}?line_id=${line_id}&limit=50` }));
  const list = await world.send(side, { ...load, requests: listed });
  const end_time = iso(start + STOP_MINUTES * MINUTE_MS);
  const ended = ids.map((id) => ({ method: 'PUT', path: `${PATH}/${id}/end`, body: { end_time } }));
  const posted = ({ sent, failed }: Done) =>
    waitFor(
      'the money of the stops',
      async () => (await postedOf(world, side, name, ids)) >= sent - failed,
      POSTED_WITHIN_MS,
    );
  // A stop that stays open would refuse the one of the next round.
  const end = await world.send(side, { ...load, seconds: MOST_SECONDS, requests: ended }, posted);
  return [begun, one, list, end].map(({ run }, index) => [KINDS[index] as Kind, run]);
}

const nothing = async () => undefined;

/** How many of these stops have their money. */
async function postedOf(world: World, side: Side, tenant: string, ids: readonly string[]): Promise<number> {
  const count =
    'select count(distinct source_id)::int as n from money_leak where tenant_id = $1 and source_id = any($2)';
  const rows =
    side === 'plantops'
      ? await world.tables.query<{ n: number }>('money-leaks', count, [tenant, ids])
      : (
          await world.floor.database.query<{ n: number }>(
            'select count(*)::int as n from leak where stop_id = any($1)',
            [ids],
          )
        ).rows;
  return rows[0]?.n ?? 0;
}
