import type { CloudEvent } from '@plantops/contracts';
import { findMaster, rememberMaster, type Tx } from '@plantops/persistence';
import type { Deps } from '../deps.ts';
import { EVERY_LINE, markChanged } from '../facts/line-revisions.ts';
import { locate, type Located } from '../facts/read-rows.ts';
import * as keptCells from '../projections/kept-cells.ts';
import * as keptSums from '../projections/kept-sums.ts';
import type { Affected } from './affected.rules.ts';
import { TooManyFacts } from './limit-facts.ts';
import { lockLines, lockPrices } from './locks.ts';
import { postLosses } from './post-losses.ts';
import { changedSince, halves, movesDays, type MasterKind } from './price-changes.rules.ts';

type MasterRow = { readonly id: string; readonly version: number };

/**
 * Prices, costs or time zones became known or changed: posts the time from the first change on again, and only that.
 */
export const onMaster =
  ({ now }: Pick<Deps, 'now'>) =>
  async (events: readonly CloudEvent[], tx: Tx): Promise<void> => {
    await lockPrices(tx);
    const changed = events.filter(({ type }) => type.startsWith('line.')).map(({ data }) => (data as MasterRow).id);
    await markChanged(tx, [EVERY_LINE, ...changed]);
    const affected: Affected[] = [];
    for (const event of events) affected.push(...(await applyMaster(tx, event)));
    if (affected.length === 0) return;
    const byLine = Map.groupBy(affected, ({ line_id }) => line_id);
    await lockLines(tx, [...byLine.keys()]);
    const lines = await locate(tx, [...byLine.keys()]);
    for (const ofLine of byLine.values()) await postInParts(tx, ofLine, lines, now());
  };

/** Stores the newest version of the row, and returns what it affects. */
async function applyMaster(tx: Tx, event: CloudEvent): Promise<Affected[]> {
  const [kind] = event.type.split('.') as [MasterKind];
  const row = event.data as MasterRow;
  const before = (await findMaster<MasterRow>(tx, kind, [row.id])).get(row.id);
  await rememberMaster(tx, [event]);
  if (before && before.version >= row.version) return [];
  const since = changedSince(kind, before, row);
  if (since === undefined) return [];
  await keptCells.forgetSince(tx, await readLinesOn(tx, kind, row.id), since);
  if (movesDays(kind, before, row)) await keptSums.rebuild(tx, row.id);
  const days = await readDaysOn(tx, kind, row.id, since);
  return days.map(({ line_id, began, ended }) => ({
    line_id,
    interval: { from: Date.parse(began), to: Date.parse(ended) },
    source_ids: [],
    cause: { event_id: event.id, actor: event.actor },
  }));
}

/**
 * A change may reach back for years. Posts all days of a line at once or, where they hold too many facts, one half
 * after the other.
 */
async function postInParts(
  tx: Tx,
  days: readonly Affected[],
  lines: ReadonlyMap<string, Located>,
  now: string,
): Promise<void> {
  try {
    await postLosses(tx, days, lines, now);
  } catch (error) {
    if (!(error instanceof TooManyFacts) || days.length < 2) throw error;
    for (const half of halves(days)) await postInParts(tx, half, lines, now);
  }
}

/** The lines whose time a row prices or schedules. */
async function readLinesOn(tx: Tx, kind: MasterKind, rowId: string): Promise<string[]> {
  if (kind === 'line') return [rowId];
  const text = {
    plant: `select id from master where tenant_id = $1 and kind = 'line' and data->>'plant_id' = $2`,
    product: `
      select distinct line_id as id from fact
      where tenant_id = $1 and product_id = $2::uuid and kind in ('batch', 'scrap')`,
  }[kind];
  const rows = await tx.query<{ id: string }>(text, [tx.tenant, rowId]);
  return rows.map(({ id }) => id);
}

const LINES_OF_PLANT = `f.line_id in (
  select id from master where tenant_id = $1 and kind = 'line' and data->>'plant_id' = $2::text)`;
/** The facts that depend on a row, in conditions that indexes of facts serve. Stops name no product. */
const FACTS_ON: Record<MasterKind, readonly string[]> = {
  plant: [`f.kind in ('stop', 'batch') and ${LINES_OF_PLANT}`, `f.kind = 'scrap' and ${LINES_OF_PLANT}`],
  line: [`f.kind in ('stop', 'batch') and f.line_id = $2::uuid`, `f.kind = 'scrap' and f.line_id = $2::uuid`],
  product: [`f.kind in ('batch', 'scrap') and f.product_id = $2::uuid`],
};

type LineDay = { line_id: string; began: string; ended: string };

/**
 * When the facts that depend on a row lasted, after an instant: an interval for each line and UTC day on which some of
 * them began.
 */
function readDaysOn(tx: Tx, kind: MasterKind, rowId: string, since: string): Promise<LineDay[]> {
  const facts = FACTS_ON[kind].map(
    (condition) => `select f.line_id, f.began, f.ended
       from fact f
       where f.tenant_id = $1 and ${condition}`,
  );
  return tx.query<LineDay>(
    `select f.line_id, greatest(min(f.began), $3) as began, max(coalesce(f.ended, f.began)) as ended
     from (
       ${facts.join('\n       union all\n       ')}) f
     where f.ended is null or f.ended >= $3
     group by f.line_id, date_trunc('day', greatest(f.began, $3), 'UTC')
     having max(coalesce(f.ended, f.began)) >= $3
     order by 1, 2`,
    [tx.tenant, rowId, since],
  );
}
