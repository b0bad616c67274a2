import { query } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { iso } from '../facts/intervals.rules.ts';
import { avoidableTotal, byCategory, byDay, topLines, total } from '../figures/breakdown.rules.ts';
import { plantWindows, previousWindows, wholeWindow } from '../figures/windows.rules.ts';
import { lineWindows } from '../figures/windows.ts';
import * as keptSums from '../projections/kept-sums.ts';

/** A period's losses against those of the equally long one right before it. */
export const getOverview = query(contracts.getMoneyLeakOverview, () => async (input, { tx, at }) => {
  const lines = await lineWindows(tx, input, at);
  const windows = plantWindows(lines);
  const sums = await keptSums.read(tx, windows, input, { day: true });
  const ofLines = await keptSums.read(tx, windows, input, { line: true });
  const previous = await keptSums.read(tx, previousWindows(windows), input);
  const names = new Map(lines.map(({ line }) => [line.id, line.name]));
  const { from, to } = wholeWindow(windows, input, at);
  return {
    period_start: iso(from),
    period_end: iso(to),
    total_amount_usd: total(sums),
    previous_total_amount_usd: total(previous),
    by_category: byCategory(sums, 2),
    top_lines: topLines(ofLines, (lineId) => names.get(lineId) ?? lineId, 2),
    by_day: byDay(sums),
    avoidable_total: avoidableTotal(sums),
  };
});
