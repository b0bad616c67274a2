/** Looks for the silences of lines, when they may have begun or ended, or when something has changed. */
import type { LineRow, PlantRow } from '@plantops/contracts';
import { eachTenant, findMaster, lockLineEvents, sql, type Database, type Tx } from '@plantops/persistence';
import { lockLine } from '../downtimes/refuse-overlap.ts';
import { putOff } from '../states/put-off.ts';
import { deriveSilences } from './derive-silences.ts';
import { isWatched } from './silence.rules.ts';

const MOST_LINES = 100;
/** A line may have sent events in every minute of a long time: a day at a time. */
const MOST_MS = 86_400_000;
/** The plant of a line is asked for where no copy of it has come yet. */
export type FindPlant = (tenant: string, id: string) => Promise<PlantRow>;

export const deriveDueSilences = (database: Database, findPlant: FindPlant, now: string): Promise<void> =>
  eachTenant(
    database,
    sql`
      select tenant_id from line_pulse where due_at <= ${now}
      union
      select tenant_id from silence_look where due_at <= ${now}`,
    async (tenant) => {
      const due = await database.transact(tenant, (tx) =>
        tx.query<{ line_id: string }>(sql`
          select line_id from line_pulse where tenant_id = ${tenant} and due_at <= ${now}
          union
          select line_id from silence_look where tenant_id = ${tenant} and due_at <= ${now}
          limit ${MOST_LINES}`),
      );
      for (const { line_id } of due)
        await deriveLine(database, findPlant, { tenant, line_id }, now).catch(async (error: unknown) => {
          for (const table of ['line_pulse', 'silence_look'] as const)
            await putOff(database, { tenant, line_id, table, error }, now);
        });
    },
  );

type Due = { readonly tenant: string; readonly line_id: string };
/** In a transaction of its own: no line waits for another one. */
async function deriveLine(
  database: Database,
  findPlant: FindPlant,
  { tenant, line_id }: Due,
  now: string,
): Promise<void> {
  const missing = await database.transact(tenant, (tx) => lookAtLine(tx, line_id, now));
  if (missing === undefined) return;
  const plant = await findPlant(tenant, missing);
  await database.transact(tenant, (tx) => keepPlant(tx, plant));
}

/** Returns the id of the line's plant if there is no copy of it yet: nothing was done then. */
async function lookAtLine(tx: Tx, lineId: string, now: string): Promise<string | undefined> {
  // As line events do, in the same order.
  await lockLineEvents(tx);
  await lockLine(tx, lineId);
  const line = (await findMaster<LineRow>(tx, 'line', [lineId])).get(lineId);
  if (line === undefined) return forget(tx, lineId);
  const plant = (await findMaster<PlantRow>(tx, 'plant', [line.plant_id])).get(line.plant_id);
  if (plant === undefined) return line.plant_id;
  const [look] = await tx.query<{ since: string; until: string }>(sql`
    with taken as (
      delete from silence_look
      where tenant_id = ${tx.tenant} and line_id = ${lineId} and due_at <= ${now}
      returning since, until)
    select min(since) as since, max(until) as until from taken having count(*) > 0`);
  const isMore = look !== undefined && (await deriveChanged(tx, line, plant, look, now));
  if (isWatched(line.versions)) await deriveLast(tx, line, plant, now);
  // One that may be as silent as it likes has had its stops taken back.
  else if (!isMore) await forget(tx, lineId);
  return undefined;
}

async function forget(tx: Tx, lineId: string): Promise<undefined> {
  await tx.query(sql`delete from silence_look where tenant_id = ${tx.tenant} and line_id = ${lineId}`);
  await tx.query(sql`delete from line_pulse where tenant_id = ${tx.tenant} and line_id = ${lineId}`);
}

/** Returns whether there is more to look at. */
async function deriveChanged(
  tx: Tx,
  line: LineRow,
  plant: PlantRow,
  { since, until }: { since: string; until: string },
  now: string,
): Promise<boolean> {
  const first = new Date(Math.min(Date.parse(until), Date.parse(since) + MOST_MS)).toISOString();
  await deriveSilences(tx, line, plant, { since, until: first }, now);
  if (first === until) return false;
  // Days without an event need no look of their own: the one before sees to the next event.
  const more = await tx.query(sql`
    insert into silence_look (tenant_id, line_id, since, until, due_at)
    select ${tx.tenant}, ${line.id}, min(minute), ${until}, ${now}
    from line_activity
    where tenant_id = ${tx.tenant} and line_code = ${line.code} and minute > ${first} and minute <= ${until}
    having count(*) > 0
    returning id`);
  return more.length > 0;
}

/** Whether the line is silent now, and when to look again. */
async function deriveLast(tx: Tx, line: LineRow, plant: PlantRow, now: string): Promise<void> {
  const [pulse] = await tx.query<{ last_at: string; is_due: boolean }>(sql`
    select last_at, last_at + silence <= ${now} as is_due
    from line_pulse
    where tenant_id = ${tx.tenant} and line_id = ${line.id}`);
  if (pulse === undefined) return;
  const next = pulse.is_due
    ? ((await deriveSilences(tx, line, plant, { since: pulse.last_at, until: pulse.last_at }, now)) ?? 'infinity')
    : null;
  await tx.query(sql`
    update line_pulse
    set due_at = coalesce(${next}::timestamptz, last_at + silence)
    where tenant_id = ${tx.tenant} and line_id = ${line.id}`);
}

/** A copy as an announcement of the plant makes it; a newer one that has come meanwhile stays. */
async function keepPlant(tx: Tx, plant: PlantRow): Promise<void> {
  await tx.query(sql`
    insert into master (tenant_id, kind, id, code, version, data)
    values (${tx.tenant}, 'plant', ${plant.id}, ${plant.code}, ${plant.version}, ${JSON.stringify(plant)})
    on conflict (tenant_id, kind, id) do nothing`);
}
