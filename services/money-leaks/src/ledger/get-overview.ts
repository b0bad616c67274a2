import type { getMoneyLeakOverview as contract } from '@plantops/contracts';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { hullOf, lineWindows, plantWindows } from '../figures/windows.ts';
import { avoidable, byCategory, standing, topLines, total } from '../figures/breakdown.ts';
import { sumsOf } from '../projections/sums.ts';

/** A period's losses against those of the equally long one right before it. */
export const getOverview =
  ({ database, now }: Deps) =>
  (input: z.infer<typeof contract.input>, call: Call): Promise<z.infer<typeof contract.output>> =>
    database.transact(call.tenant, async (tx) => {
      const at = now();
      const lines = await lineWindows(tx, input, at);
      const windows = plantWindows(lines);
      const sums = await sumsOf(tx, windows, input, { day: true });
      const ofLines = await sumsOf(tx, windows, input, { line: true });
      const previous = await sumsOf(
        tx,
        windows.map((window) => ({ ...window, from: window.from - (window.to - window.from), to: window.from })),
        input,
      );
      const names = new Map(lines.map(({ line }) => [line.id, line.name]));
      const { from, to } = hullOf(windows, input, at);
      const days = [...Map.groupBy(sums.filter(standing), ({ business_date }) => business_date ?? '')].sort(([a], [b]) =>
        a.localeCompare(b),
      );
      return {
        period_start: new Date(from).toISOString(),
        period_end: new Date(to).toISOString(),
        total_amount_usd: total(sums),
        previous_total_amount_usd: total(previous),
        by_category: byCategory(sums, 2),
        top_lines: topLines(ofLines, (lineId) => names.get(lineId) ?? lineId, 2),
        by_day: days.map(([business_date, of]) => ({ business_date, total: total(of) })),
        avoidable_total: avoidable(sums),
      };
    });
