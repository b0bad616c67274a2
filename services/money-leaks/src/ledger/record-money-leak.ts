import { businessDateOf } from '@plantops/accounting';
import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { notAhead, Problem } from '@plantops/contracts';
import { v7 as uuidv7 } from 'uuid';
import type { Deps } from '../deps.ts';
import { calendarsOf } from '../facts/line-facts.rules.ts';
import { append } from '../postings/append.ts';
import { findLeak } from './get-money-leak.ts';
import { pricedLegs } from './priced-legs.rules.ts';
import { writeAction } from './set-action.ts';

/**
 * A loss that a person saw and no rule finds. It stands in the ledger beside the posted ones, under a rule of its own.
 */
export const recordMoneyLeak = command(contracts.recordMoneyLeak, (deps: Deps) => async (input, work) => {
  const { tx, call, at } = work;
  const line = await deps.line(input.line_id, work);
  const plant = await deps.plant(line.plant_id, work);
  await deps.batch(input.batch_id, input.line_id, work);
  if (input.product_id !== null) await deps.product(input.product_id, work);
  const { amount, ...legs } = pricedLegs(input);
  const occurred_from = input.occurred_from ?? at;
  notAhead('occurred_from', occurred_from, at);
  const occurred_to = input.occurred_to ?? occurred_from;
  if (occurred_to < occurred_from) throw Problem.field('occurred_to', 'must not be before occurred_from');
  const id = uuidv7();
  const business_date = businessDateOf(
    { timezone: plant.timezone, calendars: calendarsOf(plant) },
    Date.parse(occurred_from),
  );
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
  if (input.action_taken !== null)
    await writeAction(tx, {
      money_leak_id: id,
      action_taken: input.action_taken,
      updated_at: at,
      updated_by: call.actor,
    });
  return findLeak(tx, id);
});
