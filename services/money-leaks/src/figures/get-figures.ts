import { addTerms, downtimeMinutes, noTerms } from '@plantops/accounting';
import type { getLossFigures as contract } from '@plantops/contracts';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { byCategory, sumsOf, topLines, total, type Sum } from '../ledger/sums.ts';
import { cellsIn, oeeOf } from '../oee/get-oee.ts';
import { hullOf, lineWindows, plantWindows } from '../oee/windows.ts';

/** Rows that scrap events and rejects have caused, by their rules. */
const isScrapCost = ({ source_type, rule }: Sum) => source_type === 'scrap' || rule.endsWith('reject') || rule.endsWith('rework');

export const getFigures =
  ({ database, now }: Deps) =>
  (input: z.infer<typeof contract.input>, call: Call): Promise<z.infer<typeof contract.output>> =>
    database.transact(call.tenant, async (tx) => {
      const at = now();
      const lines = await lineWindows(tx, input, at);
      const windows = plantWindows(lines);
      const sums = await sumsOf(tx, windows, input);
      const cells = await cellsIn(tx, lines, at);
      const { oee } = oeeOf(cells);
      const names = new Map(lines.map(({ line }) => [line.id, line.name]));
      const { from, to } = hullOf(windows, at);
      return {
        average_oee: oee === null ? null : Number((oee * 100).toFixed(2)),
        total_downtime_minutes: Number(
          downtimeMinutes(cells.length === 0 ? noTerms : addTerms(...cells.map(({ terms }) => terms))).toFixed(2),
        ),
        total_scrap_cost: total(sums.filter(isScrapCost)),
        total_amount_usd: total(sums),
        by_category: byCategory(sums, 0).map(({ category, total: amount, percentage }) => ({ category, total: amount, percentage })),
        top_lines: topLines(sums, (lineId) => names.get(lineId) ?? lineId, 0),
        period: { from: new Date(from).toISOString(), to: new Date(to).toISOString() },
      };
    });
