import { businessDateOf, noFacts, roundRow, timeLeg, unitLeg } from '@plantops/accounting';
import { notAhead, Problem, type MoneyLeakRow, type recordMoneyLeak as contract } from '@plantops/contracts';
import type { Call } from '@plantops/service-kit';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { append } from './append.ts';

type Input = z.infer<typeof contract.input>;

/** A loss that somebody saw and no rule finds. It stands in the ledger beside the posted ones, under its own rule. */
export const recordMoneyLeak =
  ({ database, line: findLine, plant: findPlant, now }: Deps) =>
  async (input: Input, call: Call): Promise<MoneyLeakRow> => {
    const line = await findLine(input.line_id, call);
    const { timezone } = await findPlant(line.plant_id, call);
    const { amount, ...legs } = pricedLegs(input);
    return database.transact(call.tenant, async (tx) => {
      const at = now();
      const occurred_from = input.occurred_from ?? at;
      notAhead('occurred_from', occurred_from, at);
      const occurred_to = input.occurred_to ?? occurred_from;
      if (occurred_to < occurred_from) throw Problem.field('occurred_to', 'must not be before occurred_from');
      const id = uuidv7();
      const business_date = businessDateOf({ timezone, calendars: noFacts.calendars }, Date.parse(occurred_from));
      const { line_id, category, batch_id, product_id, is_avoidable, description } = input;
      const row = {
        id,
        tenant_id: tx.tenant,
        line_id,
        plant_id: line.plant_id,
        category,
        batch_id,
        product_id,
        is_avoidable,
        description,
        amount,
        ...legs,
        occurred_from,
        occurred_to,
        business_date,
        source_type: 'manual',
        source_id: id,
        cause_event_id: id,
        rule: 'manual',
        rule_version: 1,
        reverses_id: null,
        recorded_at: at,
        created_by: call.actor,
      } as const;
      const [leak] = await append(tx, [row], call, at);
      return leak as MoneyLeakRow;
    });
  };

/** amount = quantity × unit_cost + minutes ÷ 60 × hourly_cost; at least one leg, and each of them whole. */
export const pricedLegs = ({
  quantity,
  unit_cost,
  time_minutes,
  hourly_cost,
}: Pick<Input, 'quantity' | 'unit_cost' | 'time_minutes' | 'hourly_cost'>) => {
  if ((quantity === undefined) !== (unit_cost === undefined))
    throw Problem.field(quantity === undefined ? 'quantity' : 'unit_cost', 'quantity and unit_cost go together');
  if ((time_minutes === undefined) !== (hourly_cost === undefined))
    throw Problem.field(time_minutes === undefined ? 'time_minutes' : 'hourly_cost', 'time_minutes and hourly_cost go together');
  if (quantity === undefined && time_minutes === undefined)
    throw Problem.field('quantity', 'send quantity with unit_cost, time_minutes with hourly_cost, or both');
  const time_ms = time_minutes === undefined ? null : Math.round(time_minutes * 60_000);
  const amount = roundRow(unitLeg(quantity ?? 0, unit_cost ?? 0).plus(timeLeg(time_ms ?? 0, hourly_cost ?? 0)));
  const text = (value: number | undefined | null) => (value === undefined || value === null ? null : String(value));
  return { quantity: text(quantity), unit_cost: text(unit_cost), time_ms: text(time_ms), hourly_cost: text(hourly_cost), amount };
};
