/** Rows and events with the name of an actor whose request was refused. */
import { waitFor } from '@plantops/fixtures';
import type { PlantTables } from '@plantops/testing/plant';

/** The tables with the names that were found in them. */
export async function rowsOf(tables: PlantTables, actors: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const column of ['created_by', 'updated_by', 'replayed_by'])
    for (const { service, table } of await tables.having(column)) {
      const rows = await tables.query<{ actor: string }>(
        service,
        `select distinct ${column} as actor from "${table}" where ${column} = any($1)`,
        [actors],
      );
      found.push(...rows.map(({ actor }) => `${actor} in ${service}.${table}`));
    }
  for (const { service, table } of await tables.having('payload')) {
    if (table !== 'outbox' && table !== 'history') continue;
    const rows = await tables.query<{ actor: string }>(
      service,
      `select distinct payload::jsonb->>'actor' as actor from "${table}" where payload::jsonb->>'actor' = any($1)`,
      [actors],
    );
    found.push(...rows.map(({ actor }) => `${actor} in ${service}.${table}`));
  }
  return found;
}

/** Messages that failed temporarily are delivered again after half a second. */
const EQUAL_LOOKS = 12;

/** Waits until nothing changes any more: this many checks in a row are equal. */
export async function untilStill(tables: PlantTables, tenant: string): Promise<void> {
  let [before, equal] = ['', 0];
  await waitFor(`${tenant} to stop changing`, async () => {
    const now = JSON.stringify(await tables.fingerprintOf(tenant));
    equal = now === before && (await pending(tables)) === 0 ? equal + 1 : 0;
    before = now;
    return equal >= EQUAL_LOOKS;
  });
}
async function pending(tables: PlantTables): Promise<number> {
  const counts = await Promise.all(
    (await tables.having('published_at')).map(({ service, table }) =>
      tables.query<{ count: string }>(service, `select count(*) as count from "${table}" where published_at is null`),
    ),
  );
  return counts.flat().reduce((sum, { count }) => sum + Number(count), 0);
}
