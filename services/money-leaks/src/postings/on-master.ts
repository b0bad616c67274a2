import type { CloudEvent, LineRow, PlantRow, ProductRow } from '@plantops/contracts';
import { findMaster, rememberMaster, type Tx } from '@plantops/persistence';
import type { Deps } from '../deps.ts';
import { forgetCellsSince } from '../projections/forget-cells.ts';
import { countUp, OF_EVERY_LINE } from '../facts/cached-facts.ts';
import { sumUpPlant } from '../projections/kept-sums.ts';
import { postLosses, PRICES_LOCK, type Touched } from './post-losses.ts';
import { TooManyFacts } from './limit-facts.ts';

type Versioned = { versions: readonly { valid_from: string | null }[] };
const ALWAYS = '1970-01-01T00:00:00.000Z';

/** Prices, costs or zones became known or changed: the time from the first change on is posted again, and only that. */
export const onMaster =
  ({ now }: Deps) =>
  async (tx: Tx, events: readonly CloudEvent[]): Promise<void> => {
    await tx.lock(PRICES_LOCK);
    const lines = events.filter(({ type }) => type.startsWith('line.')).map(({ data }) => (data as LineRow).id);
    await countUp(tx, [OF_EVERY_LINE, ...lines]);
    const touched: Touched[] = [];
    for (const event of events) {
      const [kind] = event.type.split('.') as ['plant' | 'line' | 'product'];
      const row = event.data as PlantRow | LineRow | ProductRow;
      const [before] = (await findMaster<typeof row>(tx, kind, [row.id])).values();
      await rememberMaster(tx, [event]);
      if (before && before.version >= row.version) continue;
      const since = SINCE[kind](before as never, row as never);
      if (since === undefined) continue;
      await forgetCellsSince(tx, await linesOn(tx, kind, row.id), since);
      if (kind === 'plant' && (before as PlantRow | undefined)?.timezone !== (row as PlantRow).timezone) await sumUpPlant(tx, row.id);
      const cause = { event_id: event.id, actor: event.actor };
      for (const { line_id, began, ended } of await timeOf(tx, kind, row.id, since))
        touched.push({ line_id, interval: { from: Date.parse(began), to: Date.parse(ended) }, source_ids: [], cause });
    }
    for (const ofLine of Map.groupBy(touched, ({ line_id }) => line_id).values()) await postAnew(tx, ofLine, now());
  };

/** A change may reach back for years. All days of a line are posted at once or, where they hold more than there is room for, half of them after the other. */
const postAnew = async (tx: Tx, days: readonly Touched[], now: string): Promise<void> => {
  try {
    await postLosses(tx, days, now);
  } catch (error) {
    if (!(error instanceof TooManyFacts) || days.length < 2) throw error;
    const middle = Math.ceil(days.length / 2);
    await postAnew(tx, days.slice(0, middle), now);
    await postAnew(tx, days.slice(middle), now);
  }
};

/** From when on each kind of row prices or schedules time otherwise than before; undefined: it does not. */
const SINCE = {
  line: (before: LineRow | undefined, after: LineRow) => firstChange(before, after),
  plant: (before: PlantRow | undefined, after: PlantRow) =>
    before?.timezone === after.timezone ? firstChange({ versions: before.calendars ?? [] }, { versions: after.calendars ?? [] }) : ALWAYS,
  product: (before: ProductRow | undefined, after: ProductRow) => {
    const rates = (row: ProductRow | undefined, lineId: string) => ({
      versions: (row?.rates ?? []).filter(({ line_id }) => line_id === lineId),
    });
    const lines = new Set([...(before?.rates ?? []), ...(after.rates ?? [])].map(({ line_id }) => line_id));
    const changes = [firstChange(before, after), ...[...lines].map((lineId) => firstChange(rates(before, lineId), rates(after, lineId)))];
    return changes.filter((at) => at !== undefined).sort()[0];
  },
};

/** From when on the versions say something else than before; undefined when they say the same. */
export const firstChange = (before: Versioned | undefined, after: Versioned): string | undefined => {
  const texts = (row: Versioned | undefined) =>
    (row?.versions ?? []).map((version) => JSON.stringify(Object.entries(version).toSorted(([a], [b]) => a.localeCompare(b))));
  const [old, fresh] = [texts(before), texts(after)];
  const at = Array.from({ length: Math.max(old.length, fresh.length) }, (_, index) => index).find((index) => old[index] !== fresh[index]);
  if (at === undefined) return undefined;
  return [before?.versions[at], after.versions[at]]
    .flatMap((version) => (version === undefined ? [] : [version.valid_from ?? ALWAYS]))
    .toSorted((a, b) => a.localeCompare(b))[0];
};

/** The lines whose time is laid by this row. */
const linesOn = async (tx: Tx, kind: 'plant' | 'line' | 'product', rowId: string): Promise<string[]> => {
  if (kind === 'line') return [rowId];
  const rows = await tx.query<{ id: string }>(
    kind === 'plant'
      ? "select id from master where tenant_id = $1 and kind = 'line' and data->>'plant_id' = $2"
      : "select distinct line_id as id from fact where tenant_id = $1 and product_id = $2::uuid and kind in ('batch', 'scrap')",
    [tx.tenant, rowId],
  );
  return rows.map(({ id }) => id);
};

/** The time of each line that stands on this row, as far as facts are known, by the day it begins on; looked for as the indexes of facts are made. */
const timeOf = (
  tx: Tx,
  kind: 'plant' | 'line' | 'product',
  rowId: string,
  since: string,
): Promise<{ line_id: string; began: string; ended: string }[]> => {
  const ofLines = (condition: string) => [`f.kind in ('stop', 'batch') and ${condition}`, `f.kind = 'scrap' and ${condition}`];
  const arms = {
    plant: ofLines("f.line_id in (select id from master where tenant_id = $1 and kind = 'line' and data->>'plant_id' = $2::text)"),
    line: ofLines('f.line_id = $2::uuid'),
    // Stops name no product.
    product: ["f.kind in ('batch', 'scrap') and f.product_id = $2::uuid"],
  }[kind];
  const found = arms.map((arm) => `select f.line_id, f.began, f.ended from fact f where f.tenant_id = $1 and ${arm}`).join(' union all ');
  return tx.query(
    `select f.line_id, greatest(min(f.began), $3) as began, max(coalesce(f.ended, f.began)) as ended from (${found}) f
     where f.ended is null or f.ended >= $3 group by f.line_id, date_trunc('day', greatest(f.began, $3), 'UTC')
     having max(coalesce(f.ended, f.began)) >= $3 order by 1, 2`,
    [tx.tenant, rowId, since],
  );
};
