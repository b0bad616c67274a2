import { roundRow, timeLeg, unitLeg } from '@plantops/accounting';
import { Problem, type recordMoneyLeak as contract, type InputOf } from '@plantops/contracts';

type Input = InputOf<typeof contract>;

/** amount = quantity × unit_cost + minutes ÷ 60 × hourly_cost; at least one leg, and each of them whole. */
export function pricedLegs({
  quantity,
  unit_cost,
  time_minutes,
  hourly_cost,
}: Pick<Input, 'quantity' | 'unit_cost' | 'time_minutes' | 'hourly_cost'>) {
  if ((quantity === undefined) !== (unit_cost === undefined))
    throw Problem.field(quantity === undefined ? 'quantity' : 'unit_cost', 'quantity and unit_cost go together');
  if ((time_minutes === undefined) !== (hourly_cost === undefined))
    throw Problem.field(
      time_minutes === undefined ? 'time_minutes' : 'hourly_cost',
      'time_minutes and hourly_cost go together',
    );
  if (quantity === undefined && time_minutes === undefined)
    throw Problem.field('quantity', 'send quantity with unit_cost, time_minutes with hourly_cost, or both');
  const time_ms = time_minutes === undefined ? null : Math.round(time_minutes * 60_000);
  const amount = roundRow(unitLeg(quantity ?? 0, unit_cost ?? 0).plus(timeLeg(time_ms ?? 0, hourly_cost ?? 0)));
  const text = (value: number | undefined | null) => (value === undefined || value === null ? null : String(value));
  return {
    quantity: text(quantity),
    unit_cost: text(unit_cost),
    time_ms: text(time_ms),
    hourly_cost: text(hourly_cost),
    amount,
  };
}
