import { query } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { downtimeMinutes } from '@plantops/accounting';
import { iso } from '../facts/intervals.rules.ts';
import * as keptSums from '../projections/kept-sums.ts';
import { byCategory, scrapCosts, topLines, total } from './breakdown.rules.ts';
import { burnRates } from './burn-rates.ts';
import { oeeOf } from './oee.rules.ts';
import { scrapSpikes } from './scrap-spikes.ts';
import { termsIn, together } from './terms-in.ts';
import { plantWindows, wholeWindow } from './windows.rules.ts';
import { lineWindows } from './windows.ts';

/** What the overview shows of losses: figures of the period, figures of today, and alerts. */
export const getFigures = query(contracts.getLossFigures, () => async (input, { tx, at, call }) => {
  const { line_id, plant_id, from, to, period = 'today' } = input;
  const today = await lineWindows(tx, { line_id, plant_id }, at);
  const asksForToday = from === undefined && to === undefined && period === 'today';
  const lines = asksForToday ? today : await lineWindows(tx, input, at);
  const windows = plantWindows(lines);
  const by = { line: true, source: true } as const;
  const sums = await keptSums.read(tx, windows, input, by);
  const byLine = await termsIn(tx, lines, at, { ...call, by: 'line' });
  const terms = together(byLine);
  const sumsToday = asksForToday ? sums : await keptSums.read(tx, plantWindows(today), input, by);
  const byLineToday = asksForToday ? byLine : await termsIn(tx, today, at, { ...call, by: 'line' });
  const termsToday = together(byLineToday);
  const { oee } = oeeOf(terms);
  const names = new Map(lines.map(({ line }) => [line.id, line.name]));
  const window = wholeWindow(windows, input, at);
  return {
    average_oee: oee === null ? null : Number((oee * 100).toFixed(2)),
    total_downtime_minutes_today: Number(downtimeMinutes(termsToday).toFixed(2)),
    total_scrap_cost_today: total(scrapCosts(sumsToday)),
    total_amount_usd: total(sums),
    by_category: byCategory(sums, 0).map(({ category, total: amount, percentage }) => ({
      category,
      total: amount,
      percentage,
    })),
    top_lines: topLines(sums, (lineId) => names.get(lineId) ?? lineId, 0),
    period: { from: iso(window.from), to: iso(window.to) },
    scrap_spikes: await scrapSpikes(
      tx,
      lines.map(({ line }) => line),
      at,
    ),
    burn_rates: await burnRates(tx, [...names.keys()], at),
    unplaced_units: today.flatMap(({ line, window: { from: since } }) => {
      const units = Number(byLineToday.get(line.id)?.unplaced_count ?? 0);
      return units > 0 ? [{ line_id: line.id, since: iso(since), units }] : [];
    }),
  };
});
