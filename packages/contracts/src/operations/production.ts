/** What others ask of production: figures for the overview, and its rows for an independent reckoning. */
import { z } from 'zod';
import { batchRow, countRow } from './batches.ts';
import { operationsOf } from '../contract.ts';
import { id, instant, name } from '../values.ts';
import { scrapRow } from './scrap.ts';

const { reads } = operationsOf('production');

export const productionFigures = z.object({
  lines: z.array(z.object({ id, name, plant_id: id, is_active: z.boolean() })),
  plants: z.array(z.object({ id, timezone: z.string() })),
  running_batches: z.int(),
  recent_scrap_events: z.int(),
  overdue_batches: z.array(z.object({ id, batch_number: z.string(), line_id: id, planned_end: instant })),
});
export const getProductionFigures = reads({
  name: 'get-figures',
  internal: true,
  role: 'viewer',
  summary:
    'What the overview shows of production now: lines, running batches, those that should have ended, scrap events of the last 24 hours',
  output: productionFigures,
  input: z.strictObject({ plant_id: id.optional(), line_id: id.optional() }),
});

/** One page of a line's rows; `kind` tells which of them an item is. */
export const getProductionRows = reads({
  name: 'get-rows',
  internal: true,
  role: 'viewer',
  summary: "A line's batches that touch a window with all their counts and scrap, and what was logged in it without a batch",
  input: z.strictObject({ line_id: id, from: instant, to: instant, cursor: z.string().max(400).optional() }),
  output: z.object({
    items: z.array(
      z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('batch'), row: batchRow }),
        z.object({ kind: z.literal('count'), row: countRow }),
        z.object({ kind: z.literal('scrap'), row: scrapRow }),
      ]),
    ),
    next_cursor: z.string().nullable(),
  }),
});
