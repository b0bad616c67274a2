/** The values that fields are made of: their shapes, units and limits. */
import { z } from 'zod';

/** What is wrong with a value, said as a remedy, wherever its schema does not say it better. */
z.config({
  customError: (issue) => {
    if (issue.code === 'invalid_type') return issue.input === undefined ? 'is required' : `must be ${named(issue.expected)}`;
    if (issue.code === 'invalid_value') return `must be one of ${issue.values.map(String).join(', ')}`;
    return undefined;
  },
});
const named = (type: string): string =>
  type === 'int' ? 'a whole number' : type === 'boolean' ? 'true or false' : `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`;

const printable = (max: number, what: string) =>
  z
    .string()
    .min(1, `${what} must not be empty`)
    .max(max, `${what} must be at most ${max} characters long`)
    // PostgreSQL stores every character but NUL; a lone surrogate is no character at all.
    .refine((text) => !text.includes('\0') && text.isWellFormed(), `${what} must not hold NUL or broken characters`);

export const id = z.uuid('must be a UUID');
export const tenantSlug = z.string().regex(/^[a-z0-9-]{1,32}$/, 'must be 1 to 32 of a-z, 0-9 and -');
/** What other systems call a line or a sensor. It is a token of NATS subjects, hence its alphabet. */
export const code = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be 1 to 64 of A-Z, a-z, 0-9, _ and -');
export const name = printable(200, 'a name');
export const text = printable(4000, 'a text');
/** An identifier of another system: a batch number, a downtime reference, a reason code, an event id. */
export const reference = printable(200, 'a reference').regex(/^[^\p{Cc}]*$/u, 'must hold printable characters only');

const EARLIEST = Date.parse('2000-01-01T00:00:00Z');
const LATEST = Date.parse('2100-01-01T00:00:00Z');
/** A point in time, RFC 3339 with its zone; kept and answered in UTC with milliseconds. */
export const instant = z.iso
  .datetime({ offset: true, abort: true, error: 'must be an RFC 3339 time with its zone, as 2026-11-22T08:00:00Z' })
  .refine((time) => Date.parse(time) >= EARLIEST && Date.parse(time) < LATEST, 'must lie between the years 2000 and 2099')
  .transform((time) => new Date(time).toISOString());
/** A day in the plant's own zone. */
export const businessDate = z.iso.date({ error: 'must be a date, as 2026-11-22' });

const bounded = (low: number, high: number, unit: string) =>
  z.number().min(low, `must be at least ${low} ${unit}`).max(high, `must be at most ${high} ${unit}`);
/** What is kept is what was sent: a number with more decimals than are kept is refused, not rounded. */
const decimals = (most: number) => (value: number) => Number(value.toFixed(most)) === value;
/** Units of product; fractions are allowed (kilograms, litres). */
export const quantity = bounded(0, 1e12, 'units').refine(decimals(6), 'must have at most 6 decimals');
/** What a counter added since it was read last. Below zero it has restarted, and says nothing of what came before. */
export const counted = z
  .number()
  .min(0, 'must be at least 0 units: after a counter has restarted, send what it has counted since')
  .max(1e12, 'must be at most 1e12 units')
  .refine(decimals(6), 'must have at most 6 decimals');
export const positiveQuantity = z
  .number()
  .gt(0, 'must be more than 0 units')
  .max(1e12, 'must be at most 1e12 units')
  .refine(decimals(6), 'must have at most 6 decimals');
/** US dollars, or dollars per unit or hour where the field says so. */
export const money = bounded(0, 1e9, 'dollars').refine(decimals(4), 'must have at most 4 decimals');
export const cycleSeconds = z
  .number()
  .gt(0, 'must be more than 0 seconds')
  .max(86_400, 'must be at most 86400 seconds')
  .refine(decimals(6), 'must have at most 6 decimals');
export const ratio = bounded(0, 1, '(a fraction)');
/** Free-form JSON of the client's own, kept as it is. */
export const json = z
  .record(z.string().max(200), z.json())
  .refine((value) => JSON.stringify(value).length <= 16_384, 'must be at most 16384 characters of JSON')
  .refine((value) => !JSON.stringify(value).includes('\\u0000'), 'must not hold NUL characters');

export const reasonCategory = z.enum([
  'mechanical',
  'electrical',
  'changeover',
  'no_material',
  'no_operator',
  'quality',
  'cleaning',
  'maintenance',
  'utilities',
  'controls',
  'safety',
  'break',
  'no_demand',
  'starved',
  'blocked',
  'other',
  'unknown',
]);
export type ReasonCategory = z.infer<typeof reasonCategory>;
export const phase = z.enum(['production', 'startup']);
export const disposition = z.enum(['scrap', 'rework', 'downgrade']);
export const lineState = z.enum(['running', 'stopped', 'idle', 'changeover', 'planned_stop', 'starved', 'blocked']);
export type LineState = z.infer<typeof lineState>;

/** A number or a flag that also arrives as text in a query string. */
export const inQuery = {
  number: (schema: z.ZodNumber) => z.preprocess((value) => (typeof value === 'string' && value !== '' ? Number(value) : value), schema),
  flag: z.preprocess((value) => (value === 'true' ? true : value === 'false' ? false : value), z.boolean()),
};

/** What every stored row carries besides its own fields. */
export const rowFields = {
  id,
  tenant_id: tenantSlug,
  version: z.int(),
  created_at: instant,
  updated_at: instant,
  created_by: z.string(),
  updated_by: z.string(),
};

const PAGE = { default: 50, most: 500 };
/** The input of every list: a page of it, in an order, of rows that match the filters. */
export const listInput = <F extends z.core.$ZodLooseShape>(filters: F, sorts: readonly [string, ...string[]]) =>
  z.strictObject({
    ...filters,
    limit: inQuery.number(z.int().min(1, 'must be at least 1').max(PAGE.most, `must be at most ${PAGE.most}`)).default(PAGE.default),
    cursor: z.string().max(400).optional(),
    sort: z.enum(sorts.flatMap((field) => [field, `-${field}`]) as [string, ...string[]]).default(`-${sorts[0]}`),
  });
/** The output of every list. `total` is exact up to 10,000 and capped there. */
export const listOutput = <R extends z.ZodType>(row: R) =>
  z.object({ items: z.array(row), next_cursor: z.string().nullable(), total: z.int(), total_is_capped: z.boolean() });
export const byId = z.strictObject({ id });
/** A half-open window of time, in instants. */
export const windowFields = { from: instant.optional(), to: instant.optional() };
