/**
 * Fields that mean the same in several resources: shape and meaning together. A field of one resource is described in
 * its `operations/<file>.ts`.
 */
import { z } from 'zod';
import {
  businessDate,
  code,
  cycleSeconds,
  disposition,
  hourlyMoney,
  id,
  inQuery,
  instant,
  lineState,
  money,
  name,
  phase,
  positiveQuantity,
  printableCode,
  reasonCategory,
  reference,
  tenantSlug,
  text,
} from './values.ts';

/**
 * The same field in a row. It has none of the limits of input: a value stored under older limits is returned as it is.
 */
export function stored(of: z.ZodString): z.ZodString {
  return z.string().describe(of.description ?? '');
}

/** A flag that also arrives as text in a query string, with the meaning of the field. */
export function flag(of: z.ZodBoolean) {
  return inQuery.flag.describe(of.description ?? '');
}

export const field = {
  // ---- names and words
  id: id.describe('UUID of the row.'),
  code: code.describe('What other systems call it. It is unique in its kind.'),
  name: name.describe('What people call it.'),
  description: text.describe('A description, in words.'),
  notes: text.describe('Notes, free text.'),
  reason: text.describe('Why it is cancelled or voided.'),
  is_active: z.boolean().describe('Whether it is in use. If not, it stays on record.'),

  // ---- plants, lines, products
  plant_id: id.describe('UUID of the plant.'),
  line_id: id.describe('UUID of the line.'),
  line_code: code.describe('The code of the line.'),
  line_name: name.describe('The name of the line.'),
  hourly_cost: hourlyMoney.describe('What an hour of the line costs, US dollars.'),
  ideal_cycle_seconds: cycleSeconds.describe(
    "Planned run time per item (ISO 22400 PRI), seconds a unit. For a product on a line, null: the line's own.",
  ),
  product_id: id.describe('UUID of the product.'),
  product_code: printableCode.describe(
    'The code of the product. An event that names a product waits until it is known.',
  ),
  unit: reference.describe('The unit that quantities of the product are counted in, as ea or kg.'),
  given_unit: reference.describe(
    "The unit that the quantities are in: the product's own or one of its other units. Default: its own.",
  ),
  unit_cost: money.describe("What a unit costs, US dollars. On scrap, null: the product's own."),

  // ---- batches and units
  batch_id: id.describe('UUID of the batch.'),
  batch_number: printableCode.describe('The number of the batch in other systems. It is unique on its line.'),
  planned_start: instant.describe('When it is planned to begin.'),
  planned_end: instant.describe('When it is planned to end.'),
  started_at: instant.describe('When it began; default now.'),
  completed_at: instant.describe('When it was completed; default now.'),
  cancelled_at: instant.describe('When it was cancelled; default now.'),
  cancellation_reason: z.string().describe('Why it was cancelled.'),
  at: instant.describe('When it happened, RFC 3339 with its zone. In a command, default now.'),
  quantity: positiveQuantity.describe('Units of product.'),
  disposition: disposition.describe('What happens to the units: scrap, rework, or downgrade (sold for less).'),
  phase: phase.describe('production or startup: the ramp-up of a batch, which is startup loss.'),
  reported_by: reference.describe('Who reported it; default the caller.'),
  voided_at: instant.describe('When it was voided; null: it stands.'),
  void_reason: z.string().describe('Why it was voided.'),

  // ---- stops
  downtime_id: id.describe('UUID of the downtime.'),
  start_time: instant.describe('When the stop began; default now.'),
  end_time: instant.describe('When the stop ended; null: it is open.'),
  reason_category: reasonCategory.describe('The kind of reason. Default: that of the reason_code, else unknown.'),
  reason_code: printableCode.describe("The reason in the tenant's own tree, or the line system's own word for it."),
  root_cause: text.describe('What caused it.'),
  resolution: text.describe('What was done about it.'),
  resolved_by: reference.describe('Who resolved it; default the caller.'),
  is_planned: z
    .boolean()
    .describe(
      'Planned down time (ISO 22400), outside planned busy time. Default: as the reason says, else true for break and no_demand alone.',
    ),

  // ---- line events and readings
  state: lineState.describe('The state that a line reports; it holds until the next report.'),
  source: reference.describe('The system that sends it; default the line.'),
  seq: z.int().min(0).describe("Counts the sender's events: of two of the same instant the higher is the last word."),

  // ---- figures
  business_date: businessDate.describe(
    "The day it belongs to, as 2026-11-22: the day its shift began on, else the day in the plant's zone.",
  ),
  total_lost_usd: z.number().describe('What was lost, US dollars to the cent.'),
  percentage: z.number().nullable().describe('Share of the total, percent 0 to 100; null: the total is 0.'),
  total_amount_usd: z.number().describe('US dollars, to the cent.'),
};

/** From when on a version of costs, a rate or a calendar holds. */
export const validFrom = instant.describe(
  'The instant from which it is in force; default now. In a version, null: the first one, which has no start.',
);

/** The versions of a row that holds from a moment on. */
export function versions<V extends z.ZodType>(version: V) {
  return z
    .array(version)
    .describe('All versions, ordered by valid_from. The first one (valid_from null) has no start.');
}

/** What every stored row carries besides its own fields. */
export const rowFields = {
  id: field.id,
  tenant_id: tenantSlug.describe('The tenant that owns it. It comes from the token, never from a request.'),
  version: z
    .int()
    .describe(
      'Counts the changes of the row, from 1. It is the ETag; send it back as If-Match to change only what you have seen.',
    ),
  created_at: instant.describe('When the row was written first.'),
  updated_at: instant.describe('When the row was changed last.'),
  created_by: z.string().describe('Who wrote it first: a person, an API key, a line system or a service.'),
  updated_by: z.string().describe('Who changed it last: a person, an API key, a line system or a service.'),
};

export const byId = z.strictObject({ id: field.id });

/** A half-open window of time, in instants. */
export const window = {
  from: instant.describe('Where the window begins, inclusive; RFC 3339 with its zone.'),
  to: instant.describe('Where the window ends, exclusive; RFC 3339 with its zone.'),
};
export const windowFields = { from: window.from.optional(), to: window.to.optional() };

/** Of the lists of rows that have `updated_at`. */
export const changeFields = {
  updated_since: instant
    .optional()
    .describe('Rows that were written or changed at this instant or later (updated_at); RFC 3339 with its zone.'),
};

const PAGE_ROWS = 50;
const MOST_PAGE_ROWS = 500;
const MOST_CURSOR_CHARACTERS = 400;
export const cursor = z
  .string()
  .max(MOST_CURSOR_CHARACTERS)
  .describe('Where the page begins: the next_cursor of the page before, with the same sort. Left out: the first page.');
export const nextCursor = z.string().nullable().describe('The cursor of the next page; null on the last.');
/** The input of every list: a page of it, in an order, of rows that match the filters. */
export function listInput<F extends z.core.$ZodLooseShape>(filters: F, sorts: readonly [string, ...string[]]) {
  return z.strictObject({
    ...filters,
    limit: inQuery
      .number(z.int().min(1, 'must be at least 1').max(MOST_PAGE_ROWS, `must be at most ${MOST_PAGE_ROWS}`))
      .default(PAGE_ROWS)
      .describe('Rows on a page.'),
    cursor: cursor.optional(),
    sort: z
      .enum(sorts.flatMap((column) => [column, `-${column}`]) as [string, ...string[]])
      .default(`-${sorts[0]}`)
      .describe('The field to sort by; with - before it the greatest or newest first.'),
  });
}

export function items<R extends z.ZodType>(row: R) {
  return z.array(row).describe('The rows asked for, in the order asked for.');
}
/** The output of every list. `total` is exact up to 10,000 and capped there. */
export function listOutput<R extends z.ZodType>(row: R) {
  return z.object({
    items: items(row),
    next_cursor: nextCursor,
    total: z.int().describe('Rows in all pages; exact up to 10,000.'),
    total_is_capped: z.boolean().describe('Whether there are more than 10,000 rows, the most that total counts to.'),
  });
}
