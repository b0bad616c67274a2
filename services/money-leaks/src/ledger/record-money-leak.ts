import { businessDateOf } from '@plantops/accounting';
import { notAhead, Problem, type MoneyLeakView, type recordMoneyLeak as contract } from '@plantops/contracts';
import { runCommand } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { calendarsOf } from '../facts/line-facts.rules.ts';
import { append } from '../postings/append.ts';
import { findLeak } from './get-money-leak.ts';
import { pricedLegs } from './priced-legs.rules.ts';
import { writeAction } from './set-action.ts';

type Input = z.infer<typeof contract.input>;

/** A loss that a person saw and no rule finds. It stands in the ledger beside the posted ones, under a rule of its own. */
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
      if (input.action_taken !== null)
        await writeAction(tx, { money_leak_id: id, action_taken: input.action_taken, updated_at: at, updated_by: call.actor });
      return findLeak(tx, id);
    });
  };
