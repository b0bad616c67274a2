/** Scrap: units that were thrown away, reworked or sold for less. */
import { z } from 'zod';
import { eventsOf, operationsOf } from '../contract.ts';
import { byId, changeFields, field, listInput, listOutput, rowFields, stored, windowFields } from '../fields.ts';
import { money, quantity, reference } from '../values.ts';

const { reads, writes } = operationsOf('production');
const { fact } = eventsOf('production');

/** Unlike the category of a stop, that of scrap is the tenant's own. */
export const scrapCategory = reference.describe("The kind of reason in the tenant's own words.");
export const scrapRow = z
  .object({
    ...rowFields,
    line_id: field.line_id,
    batch_id: field.batch_id.nullable(),
    batch_number: stored(field.batch_number).nullable(),
    product_id: field.product_id.nullable(),
    at: field.at,
    quantity: quantity.describe('Units of product.'),
    unit: stored(field.unit),
    given_quantity: quantity.nullable().describe("The quantity as it was given; null: in the product's own unit."),
    given_unit: stored(field.given_unit).nullable().describe("The unit that it was given in; null: the product's own."),
    given_unit_cost: money
      .nullable()
      .describe('What a unit of given_unit costs, US dollars; null: unit_cost is as it was given.'),
    reason_code: stored(field.reason_code).nullable(),
    reason_category: stored(scrapCategory).nullable(),
    disposition: field.disposition,
    phase: field.phase,
    unit_cost: field.unit_cost.nullable(),
    reported_by: stored(field.reported_by).nullable(),
    note: stored(field.notes).nullable(),
    voided_at: field.voided_at.nullable(),
    void_reason: field.void_reason.nullable(),
  })
  .meta({ id: 'Scrap' });
export type ScrapRow = z.infer<typeof scrapRow>;
export const logScrap = writes({
  name: 'log-scrap',
  role: 'operator',
  summary: 'Log scrapped, reworked or downgraded units',
  output: scrapRow,
  input: z.strictObject({
    line_id: field.line_id,
    batch_id: field.batch_id.nullable().default(null),
    product_id: field.product_id.nullable().default(null),
    at: field.at.optional(),
    quantity: field.quantity,
    unit: field.given_unit.optional(),
    reason_code: field.reason_code.nullable().default(null),
    reason_category: scrapCategory.nullable().default(null),
    disposition: field.disposition.default('scrap'),
    phase: field.phase.default('production'),
    unit_cost: field.unit_cost
      .nullable()
      .default(null)
      .describe("What one of the given unit costs, US dollars; null: the product's own cost."),
    reported_by: field.reported_by.nullable().default(null),
    note: field.notes.nullable().default(null),
  }),
});
export const voidScrap = writes({
  name: 'void-scrap',
  role: 'operator',
  summary: 'Void a scrap event, with a reason',
  output: scrapRow,
  problems: ['not_found', 'illegal_transition', 'stale_version'],
  input: z.strictObject({ id: field.id, reason: field.reason }),
});
export const getScrap = reads({
  name: 'get-scrap',
  role: 'viewer',
  summary: 'One scrap event',
  input: byId,
  output: scrapRow,
  problems: ['not_found'],
});
export const listScrap = reads({
  name: 'list-scrap',
  role: 'viewer',
  summary: 'Scrap events',
  output: listOutput(scrapRow),
  input: listInput(
    {
      line_id: field.line_id.optional(),
      plant_id: field.plant_id.optional(),
      batch_id: field.batch_id.optional(),
      product_id: field.product_id.optional(),
      reason_category: scrapCategory.optional(),
      disposition: field.disposition.optional(),
      ...windowFields,
      ...changeFields,
    },
    ['at'],
  ),
});
export const scrapLogged = fact('scrap.logged', scrapRow, 'Units were scrapped, reworked or downgraded');
export const scrapAmended = fact(
  'scrap.amended',
  scrapRow,
  "The quantity of a scrap event was converted again, by a corrected factor of its product's units",
);
export const scrapVoided = fact('scrap.voided', scrapRow, 'A scrap event was voided');
