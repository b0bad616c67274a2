import { layTime, shares, toCents } from '@plantops/accounting';
import type { getByReason as contract, ReasonCategory } from '@plantops/contracts';
import type { Tx } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { loadFacts, type LineWindow } from '../facts/load-facts.ts';
import { lineWindows, plantWindows, type PlantWindow } from './windows.ts';

type Part = { stop_id: string; reason_category: string; reason_code: string | null; ms: number; starts: boolean };

/** Stops by reason: unmasked minutes inside the window, stops that start in it, and what the ledger holds for them there. */
export const getByReason =
  ({ database, now }: Deps) =>
  (input: z.infer<typeof contract.input>, call: Call): Promise<z.infer<typeof contract.output>> =>
    database.transact(call.tenant, async (tx) => {
      const at = now();
      const windows = await lineWindows(tx, input, at);
      const parts = await partsOf(tx, windows, input.product_id, at);
      const costs = await costsOf(tx, plantWindows(windows), input);
      const groups = [...Map.groupBy(parts, ({ reason_category, reason_code }) => JSON.stringify([reason_category, reason_code]))].map(
        ([key, of]) => {
          const [reason_category, reason_code] = JSON.parse(key) as [ReasonCategory, string | null];
          const stops = new Set(of.map(({ stop_id }) => stop_id));
          return {
            reason_category,
            reason_code,
            minutes: of.reduce((sum, { ms }) => sum + ms, 0) / 60_000,
            count: new Set(of.filter(({ starts }) => starts).map(({ stop_id }) => stop_id)).size,
            cost_usd: Number(toCents(...[...stops].map((id) => costs.get(id) ?? '0'))),
          };
        },
      );
      return { items: ranked(groups, input.rank_by) };
    });

type Group = Omit<z.infer<typeof contract.output>['items'][number], 'percentage' | 'cumulative_percentage'>;

/** Most first, with shares that add up to exactly 100, and running sums of them. */
const ranked = (groups: readonly Group[], by: 'minutes' | 'count' | 'cost_usd') => {
  const inOrder = groups.toSorted(
    (a, b) =>
      b[by] - a[by] || a.reason_category.localeCompare(b.reason_category) || (a.reason_code ?? '').localeCompare(b.reason_code ?? ''),
  );
  const percentages = shares(
    inOrder.map((group) => group[by]),
    2,
  );
  let reached = 0;
  return inOrder.map((group, index) => {
    const percentage = percentages[index] ?? null;
    reached += percentage ?? 0;
    const cumulative_percentage = percentage === null ? null : Number(reached.toFixed(2));
    return { ...group, minutes: Number(group.minutes.toFixed(6)), percentage, cumulative_percentage };
  });
};

/** The unmasked parts of the stops in each line's window; with a product, those inside its batches. */
const partsOf = async (tx: Tx, windows: readonly LineWindow[], productId: string | undefined, now: string): Promise<Part[]> => {
  const facts = await loadFacts(tx, windows, { units: false });
  return windows.flatMap(({ line, window }) => {
    const known = facts.get(line.id);
    if (!known) return [];
    const stops = new Map(known.stops.map((stop) => [stop.id, stop]));
    const products = new Map(known.batches.map(({ id, product_id }) => [id, product_id]));
    return layTime(known, window, Date.parse(now)).pieces.flatMap((piece) => {
      const stop = stops.get(piece.stop_id ?? '');
      const ofProduct = productId === undefined || products.get(piece.batch_id ?? '') === productId;
      if (!stop || !ofProduct) return [];
      return [
        {
          stop_id: stop.id,
          reason_category: stop.reason_category,
          reason_code: stop.reason_code,
          ms: piece.to - piece.from,
          starts: stop.from >= window.from && stop.from < window.to,
        },
      ];
    });
  });
};

const costsOf = async (
  tx: Tx,
  windows: readonly PlantWindow[],
  { line_id, product_id }: { line_id?: string | undefined; product_id?: string | undefined },
): Promise<Map<string, string>> => {
  const rows = await tx.query<{ source_id: string; amount: string }>(
    `select t.source_id, sum(t.amount)::text as amount from unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[]) as w(plant_id, since, until)
     join money_leak t on t.tenant_id = $1 and t.plant_id = w.plant_id and t.occurred_from >= w.since and t.occurred_from < w.until
     where t.source_type = 'downtime' and ($5::uuid is null or t.line_id = $5) and ($6::uuid is null or t.product_id = $6) group by t.source_id`,
    [
      tx.tenant,
      windows.map(({ plant_id }) => plant_id),
      windows.map(({ from }) => new Date(from).toISOString()),
      windows.map(({ to }) => new Date(to).toISOString()),
      line_id ?? null,
      product_id ?? null,
    ],
  );
  return new Map(rows.map(({ source_id, amount }) => [source_id, amount]));
};
