/** A row of the ledger, and the cost of time and units in it. */
import { Fraction } from './fraction.ts';
import type { LadderState, Life, Moment } from './life.ts';
import { inForce, type Kind, type Product, type Stop } from './raw-rows.ts';

export type Posting = {
  readonly line_id: string;
  readonly plant_id: string;
  readonly source_type: 'downtime' | 'scrap' | 'batch' | 'manual';
  readonly source_id: string;
  readonly batch_id: string | null;
  readonly product_id: string | null;
  readonly category: string;
  readonly timeMs: Fraction;
  readonly amount: Fraction;
  readonly occurred: number;
  readonly businessDate: string;
  readonly isAvoidable: boolean;
  readonly isReject: boolean;
};
const CATEGORY: Partial<Record<LadderState, string>> = {
  stop: 'downtime_loss',
  delay: 'downtime_loss',
  changeover: 'changeover_loss',
  micro_stop: 'speed_loss',
  ramp_up: 'startup_loss',
};
export const REJECTS: Record<Kind, string> = { scrap: 'scrap_loss', startup: 'startup_loss', rework: 'quality_loss' };
export const categoryOf = (state: LadderState): string | undefined => CATEGORY[state];
export const HOUR = Fraction.of(3_600_000);
export const isAvoidable = ({ is_unavoidable, reason_category }: Stop) =>
  !is_unavoidable && !['changeover', 'safety', 'utilities'].includes(reason_category);

/** Joins adjacent moments that are equal into pieces. Each piece has a row. */
export function piecesOf(moments: readonly Moment[]): Moment[] {
  const pieces: Moment[] = [];
  for (const moment of moments) {
    const last = pieces.at(-1);
    const { state, stop, run, shift, localDate, businessDate } = moment;
    const isSame =
      last?.to === moment.from &&
      last.state === state &&
      last.stop === stop &&
      last.run === run &&
      last.shift?.key === shift?.key;
    if (isSame && last.localDate === localDate && last.businessDate === businessDate)
      pieces[pieces.length - 1] = { ...last, to: moment.to };
    else pieces.push(moment);
  }
  return pieces;
}

/** The cost of rejected units at an instant: their value, and the machine time when the value does not contain it. */
export function priced(
  life: Life,
  products: readonly Product[],
  at: number,
  units: { productId: string | null; quantity: Fraction; timeMs: Fraction; reworked: boolean; own: Fraction | null },
) {
  const { productId, quantity, timeMs, reworked, own } = units;
  const costs = inForce(products.find(({ id }) => id === productId)?.costs ?? [], at);
  const value = reworked
    ? (own ?? Fraction.zero)
    : (own ?? costs?.unit ?? Fraction.zero).minus(costs?.salvage ?? Fraction.zero);
  const worth = quantity.times(value.sign() < 0 ? Fraction.zero : value);
  const time =
    reworked || costs?.basis === 'material'
      ? timeMs.over(HOUR).times(inForce(life.line.prices, at)?.hourly as Fraction)
      : Fraction.zero;
  return worth.plus(time).rounded(4);
}
