/** How the amount of a ledger row follows from its inputs: in words, and computed again. */
import { clampedAmounts, MS_PER_MINUTE, roundRow, timeLeg, unitLeg } from '@plantops/accounting';

/** The inputs of a row as the ledger stores them: decimals as text. */
export type Inputs = {
  readonly id: string;
  readonly rule: string;
  readonly amount: string;
  readonly quantity: string | null;
  readonly unit_cost: string | null;
  readonly time_ms: string | null;
  readonly hourly_cost: string | null;
  readonly reverses_id: string | null;
};
/** One of the cells of a batch that ran slow. */
export type Cell = { readonly id: string; readonly time_ms: string; readonly hourly_cost: string };

function minutesOf(ms: string | null): string | null {
  return ms === null ? null : String(Number((Number(ms) / MS_PER_MINUTE).toFixed(6)));
}

/** A decimal without the zeros that its column adds. */
const plain = (decimal: string | null): string | null =>
  decimal === null || !decimal.includes('.') ? decimal : decimal.replace(/\.?0+$/, '');

/** The inputs in the units of the model, the arithmetic in words, and the amount that it gives. */
export function arithmeticOf(row: Inputs, cells: readonly Cell[]) {
  const [quantity, unit_cost, hourly_cost] = [plain(row.quantity), plain(row.unit_cost), plain(row.hourly_cost)];
  const inputs = { quantity, unit_cost, time_minutes: minutesOf(row.time_ms), hourly_cost };
  const { arithmetic, amount } =
    row.rule === 'slow_cycle' ? slowCycle(row, cells) : legs({ ...row, quantity, unit_cost, hourly_cost });
  return row.reverses_id === null
    ? { inputs, arithmetic, amount }
    : { inputs, arithmetic: `${arithmetic}; takes back ${row.reverses_id}`, amount };
}

function legs({ quantity, unit_cost, hourly_cost, time_ms }: Inputs) {
  const units = quantity !== null && unit_cost !== null;
  const time = time_ms !== null && hourly_cost !== null;
  const parts = [
    ...(units ? [`${quantity} × ${unit_cost}`] : []),
    ...(time ? [`${minutesOf(time_ms)} min ÷ 60 × ${hourly_cost}`] : []),
  ];
  const sum = unitLeg(units ? quantity : 0, units ? unit_cost : 0).plus(
    timeLeg(time ? time_ms : 0, time ? hourly_cost : 0),
  );
  const amount = roundRow(sum);
  return { arithmetic: `${parts.length === 0 ? 'nothing that is priced' : parts.join(' + ')} = ${amount}`, amount };
}

/** Cells faster than the standard offset slower ones: of the slow minutes only the net share is paid. */
function slowCycle({ id, reverses_id, time_ms, hourly_cost }: Inputs, cells: readonly Cell[]) {
  const index = cells.findIndex((cell) => cell.id === (reverses_id ?? id));
  const paid = clampedAmounts(cells)[index] ?? roundRow(0);
  const amount = reverses_id === null ? paid : roundRow(`-${paid}`);
  const minutes = cells.map((cell) => Number(cell.time_ms) / MS_PER_MINUTE);
  const net = minutes.reduce((sum, of) => sum + of, 0);
  const positive = minutes.filter((of) => of > 0).reduce((sum, of) => sum + of, 0);
  const share = `${Number(Math.max(net, 0).toFixed(6))} of ${Number(positive.toFixed(6))} slow minutes of the batch`;
  return { arithmetic: `${minutesOf(time_ms)} min ÷ 60 × ${plain(hourly_cost)} × (${share}) = ${amount}`, amount };
}
