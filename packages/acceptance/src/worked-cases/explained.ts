/** What a posting shows of its arithmetic, done once more by hand. */
import { expect } from '@jest/globals';
import type { MoneyLeakView } from '@plantops/contracts';
import type { CasePlant } from './case-plant.ts';
import { BASE, dataOf } from './gateway.ts';

/** Minutes are shown to six decimals and amounts to four: what those can hide. */
const HIDDEN = 0.0002;

/** Slow cells of a batch are paid in the share of them that fast ones have not made up for. */
const shareOf = (arithmetic: string): number => {
  const [, left, slow] = /\((\S+) of (\S+) slow minutes/.exec(arithmetic) ?? [];
  return left === undefined ? 1 : Number(slow) === 0 ? 0 : Number(left) / Number(slow);
};

export const expectExplained = async (plant: CasePlant, row: MoneyLeakView): Promise<void> => {
  const { money_leak, inputs, arithmetic, recomputed_amount_usd, is_same } = await dataOf(
    plant.api.GET(`${BASE}/money-leaks/{id}/explain`, { params: { path: { id: row.id } } }),
  );
  const of = (input: string | null) => Number(input ?? 0);
  const units = of(inputs.quantity) * of(inputs.unit_cost);
  const time = (of(inputs.time_minutes) / 60) * of(inputs.hourly_cost);
  // A cell that beat the standard is on record with its time, and costs nothing.
  const isFast = row.rule === 'slow_cycle' && time < 0 !== (row.reverses_id !== null);
  const byHand = isFast ? 0 : units + time * shareOf(arithmetic);
  const what = `${row.rule} of ${row.occurred_from}: ${arithmetic}`;
  expect([what, money_leak, is_same, Number(recomputed_amount_usd)]).toEqual([what, row, true, row.amount_usd]);
  expect([what, Math.abs(byHand - row.amount_usd) < HIDDEN, byHand]).toEqual([what, true, byHand]);
  const shown = [inputs.quantity, inputs.unit_cost, inputs.time_minutes, inputs.hourly_cost].map((input) =>
    input === null ? null : Number(input),
  );
  expect(shown).toEqual([row.quantity, row.unit_cost, row.time_minutes, row.hourly_cost]);
};
