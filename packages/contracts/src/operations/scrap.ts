/** Scrap: units that were thrown away, reworked or sold for less. */
import { z } from 'zod';
import { eventsOf, operationsOf } from '../contract.ts';
import {
  byId,
  disposition,
  id,
  instant,
  listInput,
  listOutput,
  money,
  phase,
  positiveQuantity,
  quantity,
  reference,
  rowFields,
  text,
  windowFields,
} from '../values.ts';

const { reads, writes } = operationsOf('production');
const { fact } = eventsOf('production');

export const scrapRow = z.object({
  ...rowFields,
  line_id: id,
  batch_id: id.nullable(),
  batch_number: z.string().nullable(),
  product_id: id.nullable(),
  at: instant,
  quantity,
  unit: z.string(),
  reason_code: z.string().nullable(),
  reason_category: z.string().nullable(),
  disposition,
  phase,
  unit_cost: money.nullable(),
  reported_by: z.string().nullable(),
  note: z.string().nullable(),
  voided_at: instant.nullable(),
  void_reason: z.string().nullable(),
});
export type ScrapRow = z.infer<typeof scrapRow>;
export const logScrap = writes({
  name: 'log-scrap',
  role: 'operator',
  summary: 'Log scrapped, reworked or downgraded units',
  output: scrapRow,
  input: z.strictObject({
    line_id: id,
    batch_id: id.nullable().default(null),
    product_id: id.nullable().default(null),
    at: instant.optional(),
    quantity: positiveQuantity,
    unit: reference.default('ea'),
    reason_code: reference.nullable().default(null),
    reason_category: reference.nullable().default(null),
    disposition: disposition.default('scrap'),
    phase: phase.default('production'),
    unit_cost: money.nullable().default(null),
    reported_by: reference.nullable().default(null),
    note: text.nullable().default(null),
  }),
});
export const voidScrap = writes({
  name: 'void-scrap',
  role: 'operator',
  summary: 'Take a scrap event back, with a reason',
  output: scrapRow,
  problems: ['not_found', 'illegal_transition', 'stale_version'],
  input: z.strictObject({ id, reason: text }),
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
      line_id: id.optional(),
      plant_id: id.optional(),
      batch_id: id.optional(),
      product_id: id.optional(),
      reason_category: reference.optional(),
      disposition: disposition.optional(),
      ...windowFields,
    },
    ['at'],
  ),
});
export const scrapLogged = fact('scrap.logged', scrapRow, 'Units were scrapped, reworked or downgraded');
export const scrapVoided = fact('scrap.voided', scrapRow, 'A scrap event was taken back');
