/**
 * What other services ask of production: figures for the overview, and its rows for the reconciliation of the ledger.
 */
import { z } from 'zod';
import { batchRow, countRow } from './batches.ts';
import { operationsOf } from '../contract.ts';
import { cursor, field, items, nextCursor, window } from '../fields.ts';
import { lineRow } from './lines.ts';
import { calendarVersion } from './plants.ts';
import { scrapRow } from './scrap.ts';
import { lineClockFigures } from './waiting.ts';

const { reads } = operationsOf('production');

export const productionFigures = z
  .object({
    lines: z.array(lineRow.pick({ id: true, name: true, plant_id: true, is_active: true })).describe('The lines.'),
    plants: z.array(z.object({ id: field.id, timezone: calendarVersion.shape.timezone })).describe('The plants.'),
    ...lineClockFigures,
    running_batches: z.int().describe('Batches that run now.'),
    recent_scrap_events: z.int().describe('Scrap events of the last 24 hours.'),
    overdue_batches: z
      .array(batchRow.pick({ id: true, batch_number: true, line_id: true }).extend({ planned_end: field.planned_end }))
      .describe('Running batches whose planned_end has passed.'),
  })
  .meta({ id: 'ProductionFigures' });
export const getProductionFigures = reads({
  name: 'get-figures',
  internal: true,
  role: 'viewer',
  summary:
    'What the overview shows of production now: lines, running batches, those that should have ended, scrap events of the last 24 hours',
  output: productionFigures,
  input: z.strictObject({ plant_id: field.plant_id.optional(), line_id: field.line_id.optional() }),
});

const kind = (what: 'batch' | 'count' | 'scrap') =>
  z.literal(what).describe('What the row is: a batch, a count or a scrap event.');
/** One page of a line's rows; `kind` says which of them an item is. */
export const getProductionRows = reads({
  name: 'get-rows',
  internal: true,
  role: 'viewer',
  summary:
    "A line's batches that overlap a window with all their counts and scrap, and what was logged in it without a batch",
  input: z.strictObject({ line_id: field.line_id, ...window, cursor: cursor.optional() }),
  output: z.object({
    items: items(
      z.discriminatedUnion('kind', [
        z.object({ kind: kind('batch'), row: batchRow.describe('The row, whole.') }),
        z.object({ kind: kind('count'), row: countRow.describe('The row, whole.') }),
        z.object({ kind: kind('scrap'), row: scrapRow.describe('The row, whole.') }),
      ]),
    ),
    next_cursor: nextCursor,
  }),
});
