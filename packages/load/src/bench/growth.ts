/** What must not grow with history: the same requests of a tenant with a long history and of one with a short history. */
import { waitFor } from '@plantops/fixtures';
import { rowOf, type Row, type Run } from './figures.ts';
import type { Tenant } from './tenants.ts';
import type { World } from './world.ts';

const DAY_MS = 86_400_000;
/** The first question about a year computes its days. */
const COMPUTED_WITHIN_MS = 120_000;
const CONNECTIONS = 1;
const ROUNDS = 2;

const dayAgo = (days: number): string => new Date((Math.floor(Date.now() / DAY_MS) - days) * DAY_MS).toISOString();
const year = () => `from=${dayAgo(365)}&to=${dayAgo(0)}`;

type Path = (tenant: Tenant) => string;
type Growth = Readonly<Record<string, Path>>;

const listOf =
  (filter: (tenant: Tenant) => string, limit = 50): Path =>
  (tenant) =>
    `/downtimes?limit=${limit}&${filter(tenant)}`;

/** A filter that finds few stops in ten thousand has a smaller page, so that both histories answer as many rows. */
export const LISTS: Growth = {
  'list, no filter': listOf(() => ''),
  'list, line_id': listOf(({ past }) => `line_id=${past[1]}`),
  'list, line_id, oldest first': listOf(({ past }) => `line_id=${past[1]}&sort=start_time`),
  'list, plant_id': listOf(({ plant }) => `plant_id=${plant}`),
  'list, status open': listOf(() => 'status=open'),
  'list, reason_category': listOf(() => 'reason_category=safety'),
  'list, reason_code, rare': listOf(() => 'reason_code=rare', 10),
  'list, reason_code of nothing': listOf(() => 'reason_code=none'),
  'list, is_planned false': listOf(() => 'is_planned=false'),
  'list, a day': listOf(() => `from=${dayAgo(8)}&to=${dayAgo(7)}`, 25),
  'list, line and category': listOf(({ past }) => `line_id=${past[1]}&reason_category=safety`, 2),
  'list, category, planned, a week': listOf(
    () => `reason_category=safety&is_planned=true&from=${dayAgo(20)}&to=${dayAgo(13)}`,
    2,
  ),
  'list, sort by created_at': listOf(() => 'sort=-created_at'),
};
export const OVERVIEW: Growth = {
  'overview, today': () => '/overview?period=today',
  'overview, yesterday': () => '/overview?period=yesterday',
};
export const OEE: Growth = {
  'OEE of a year by day': ({ past }) => `/oee?line_id=${past[0]}&group_by=day&${year()}`,
  'OEE of a year': ({ past }) => `/lines/${past[0]}/oee?${year()}`,
  'losses of a year by category': () => `/money-leaks/by-category?${year()}`,
};

async function isAnswered({ plant }: World, tenant: Tenant, pathOf: Path): Promise<boolean> {
  return (await plant.rest('GET', pathOf(tenant), undefined, { tenant: tenant.name })).status === 200;
}

/** Sends a quarter of the requests to each tenant, in rounds. The tenants: the one with the short history, then the one with the long one. */
export async function benchGrowth(
  world: World,
  [small, large]: readonly [Tenant, Tenant],
  bench: string,
  growth: Growth,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [what, pathOf] of Object.entries(growth)) {
    const runs = new Map<Tenant, Run[]>([
      [small, []],
      [large, []],
    ]);
    for (const tenant of [small, large])
      await waitFor(what, () => isAnswered(world, tenant, pathOf), COMPUTED_WITHIN_MS);
    for (let round = 0; round <= ROUNDS; round += 1)
      for (const [tenant, of] of runs) {
        const one = { method: 'GET', path: `/api/v1/plant-ops${pathOf(tenant)}` };
        const requests = Array.from({ length: Math.ceil(world.options.requests / 4 / ROUNDS) }, () => one);
        const { run } = await world.send('plantops', { token: tenant.token, connections: CONNECTIONS, requests });
        // The first round warms up.
        if (round > 0) of.push(run);
      }
    const name = { bench, what, connections: CONNECTIONS, rows: large.rows, compared_with: small.rows };
    rows.push(rowOf(name, runs.get(large) as Run[], runs.get(small) as Run[]));
  }
  return rows;
}
