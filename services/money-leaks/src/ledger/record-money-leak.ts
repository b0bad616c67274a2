import { businessDateOf, roundRow, timeLeg, unitLeg } from '@plantops/accounting';
import { notAhead, Problem, type MoneyLeakView, type recordMoneyLeak as contract } from '@plantops/contracts';
import { runCommand, type Tx } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { calendarsOf } from '../facts/line-facts.rules.ts';
import { append } from '../postings/append.ts';
import { findLeak } from './get-money-leak.ts';

type Input = z.infer<typeof contract.input>;

/** A loss that somebody saw and no rule finds. It stands in the ledger beside the posted ones, under its own rule. */
export const recordMoneyLeak =
  ({ database, line: findLine, plant: findPlant, product: findProduct, batch, now }: Deps) =>
  async (input: Input, call: Call): Promise<MoneyLeakView> => {
    const line = await findLine(input.line_id, call);
    const plant = await findPlant(line.plant_id, call);
    await batch(input.batch_id, input.line_id, call);
    if (input.product_id !== null) await findProduct(input.product_id, call);
    const { amount, ...legs } = pricedLegs(input);
    return runCommand(database, call, async (tx) => {
      const at = now();
      const occurred_from = input.occurred_from ?? at;
      notAhead('occurred_from', occurred_from, at);
      const occurred_to = input.occurred_to ?? occurred_from;
      if (occurred_to < occurred_from) throw Problem.field('occurred_to', 'must not be before occurred_from');
      const id = uuidv7();
      const business_date = businessDateOf({ timezone: plant.timezone, calendars: calendarsOf(plant) }, Date.parse(occurred_from));
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
      await append(tx, [{ row, cause: call }], at);
      if (input.action_taken !== null) await noteAction(tx, { id, action_taken: input.action_taken, at, actor: call.actor });
      return findLeak(tx, id);
    });
  };

const noteAction = async (tx: Tx, { id, action_taken, at, actor }: { id: string; action_taken: string; at: string; actor: string }) => {
  await tx.query(
    'insert into money_leak_action (money_leak_id, tenant_id, is_avoidable, action_taken, version, updated_at, updated_by) values ($2, $1, null, $3, 1, $4, $5)',
    [tx.tenant, id, action_taken, at, actor],
  );
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
