/** Computes the explanation of a posting again, by hand. */
import { expect } from '@jest/globals';
import type { MoneyLeakView } from '@plantops/contracts';
import type { CasePlant } from './case-plant.ts';
import { BASE, dataOf } from './gateway.ts';

/** The rounding of minutes to six decimals and of amounts to four. */
const HIDDEN = 0.0002;

/** The share of a batch's slow minutes that fast cells do not offset. */
function shareOf(arithmetic: string): number {
  const [, left, slow] = /\((\S+) of (\S+) slow minutes/.exec(arithmetic) ?? [];
  return left === undefined ? 1 : Number(slow) === 0 ? 0 : Number(left) / Number(slow);
}

export async function expectExplained(plant: CasePlant, row: MoneyLeakView): Promise<void> {
  const { money_leak, inputs, arithmetic, recomputed_amount_usd, is_same } = await dataOf(
    plant.api.GET(`${BASE}/money-leaks/{id}/explain`, { params: { path: { id: row.id } } }),
  );
  const of = (input: string | null) => Number(input ?? 0);
  const units = of(inputs.quantity) * of(inputs.unit_cost);
  const time = (of(inputs.time_minutes) / 60) * of(inputs.hourly_cost);
  // A cell that was faster than the standard has its time and costs nothing.
  const isFast = row.rule === 'slow_cycle' && time < 0 !== (row.reverses_id !== null);
  const byHand = isFast ? 0 : units + time * shareOf(arithmetic);
  const what = `${row.rule} of ${row.occurred_from}: ${arithmetic}`;
  expect([what, money_leak, is_same, Number(recomputed_amount_usd)]).toEqual([what, row, true, row.amount_usd]);
  expect([what, Math.abs(byHand - row.amount_usd) < HIDDEN, byHand]).toEqual([what, true, byHand]);
  const shown = [inputs.quantity, inputs.unit_cost, inputs.time_minutes, inputs.hourly_cost].map((input) =>
    input === null ? null : Number(input),
  );
  expect(shown).toEqual([row.quantity, row.unit_cost, row.time_minutes, row.hourly_cost]);
}
