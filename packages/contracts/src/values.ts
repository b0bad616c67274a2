/** The values that fields are made of: their shapes, units and limits. */
import { z } from 'zod';

/** What is wrong with a value, said as a remedy, wherever its schema does not say it better. */
z.config({
  customError: (issue) => {
    if (issue.code === 'invalid_type')
      return issue.input === undefined ? 'is required' : `must be ${named(issue.expected)}`;
    if (issue.code === 'invalid_value') return `must be one of ${issue.values.map(String).join(', ')}`;
    return undefined;
  },
});
const named = (type: string): string =>
  type === 'int'
    ? 'a whole number'
    : type === 'boolean'
      ? 'true or false'
      : `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`;

const MOST_NAME_CHARACTERS = 200;
const MOST_TEXT_CHARACTERS = 4_000;
export const MOST_REFERENCE_CHARACTERS = 200;
const MOST_CODE_CHARACTERS = 64;
const MOST_TENANT_CHARACTERS = 32;
/** What a code and a tenant may be, in the words of errors and documents. */
export const CODE_RULE = `1 to ${MOST_CODE_CHARACTERS} of A-Z, a-z, 0-9, _ and -`;
export const TENANT_RULE = `1 to ${MOST_TENANT_CHARACTERS} of a-z, 0-9 and -`;
const MOST_JSON_CHARACTERS = 16_384;
const MOST_JSON_NAME_CHARACTERS = 200;
const MOST_UNITS = 1e12;
const UNIT_DECIMALS = 6;
const MOST_DOLLARS = 1e9;
const DOLLAR_DECIMALS = 4;
const MOST_CYCLE_SECONDS = 86_400;
const CYCLE_DECIMALS = 6;
const EARLIEST_YEAR = 2000;
const LATEST_YEAR = 2099;

/**
 * A limit that JSON Schema has no keyword for, as a sentence. Documents print it after the description of each field of
 * input that is made of the value.
 */
const rule = (sentence: string) => ({ rule: sentence });

const printable = (max: number, what: string) =>
  z
    .string()
    .min(1, `${what} must not be empty`)
    .max(max, `${what} must be at most ${max} characters long`)
    // PostgreSQL stores every character but NUL; a lone surrogate is no character at all.
    .refine((text) => !text.includes('\0') && text.isWellFormed(), `${what} must not hold NUL or broken characters`);
/** What the check of `printable` means for a reader of the documents. */
const NO_NUL = { pattern: String.raw`^[^\u0000]*$` };
/**
 * No control characters (Unicode category Cc). Written without \p{Cc}, which many dialects of regular expressions do
 * not know.
 */
// oxlint-disable-next-line no-control-regex
const NO_CONTROL_CHARACTERS = /^[^\u0000-\u001f\u007f-\u009f]*$/;

export const id = z.uuid('must be a UUID');
export const tenantSlug = z
  .string()
  .regex(new RegExp(`^[a-z0-9-]{1,${MOST_TENANT_CHARACTERS}}$`), `must be ${TENANT_RULE}`);
/** What other systems call a line or a sensor. It is a token of NATS subjects, hence its alphabet. */
export const code = z.string().regex(new RegExp(`^[A-Za-z0-9_-]{1,${MOST_CODE_CHARACTERS}}$`), `must be ${CODE_RULE}`);
export const name = printable(MOST_NAME_CHARACTERS, 'a name').meta(NO_NUL);
export const text = printable(MOST_TEXT_CHARACTERS, 'a text').meta(NO_NUL);
/** An identifier of another system: a batch number, a downtime reference, a reason code, an event id. */
export const reference = printable(MOST_REFERENCE_CHARACTERS, 'a reference').regex(
  NO_CONTROL_CHARACTERS,
  'must hold printable characters only',
);

const EARLIEST = Date.UTC(EARLIEST_YEAR, 0);
const LATEST = Date.UTC(LATEST_YEAR + 1, 0);
/** A point in time, RFC 3339 with its zone; stored and answered in UTC with milliseconds. */
export const instant = z.iso
  .datetime({ offset: true, abort: true, error: 'must be an RFC 3339 time with its zone, as 2026-11-22T08:00:00Z' })
  .refine(
    (time) => Date.parse(time) >= EARLIEST && Date.parse(time) < LATEST,
    `must lie between the years ${EARLIEST_YEAR} and ${LATEST_YEAR}`,
  )
  .transform((time) => new Date(time).toISOString())
  // A transformation has no JSON Schema: this is what goes in and what comes out.
  .meta({ type: 'string', format: 'date-time', ...rule(`Between the years ${EARLIEST_YEAR} and ${LATEST_YEAR}.`) });
/** A day in the plant's own zone. */
export const businessDate = z.iso.date({ error: 'must be a date, as 2026-11-22' });

const bounded = (low: number, high: number, unit: string) =>
  z.number().min(low, `must be at least ${low} ${unit}`).max(high, `must be at most ${high} ${unit}`);
/**
 * A number with more decimals is refused, not rounded: what is stored is what was sent. JSON Schema's multipleOf is not
 * published for it: validators compute it in binary fractions and refuse 0.07 as a multiple of 0.01.
 */
const decimals = (most: number) =>
  z.refine<number>((value) => Number(value.toFixed(most)) === value, `must have at most ${most} decimals`);
const decimalsRule = (most: number) => rule(`At most ${most} decimals.`);
/** Units of product; fractions are allowed (kilograms, litres). */
export const quantity = bounded(0, MOST_UNITS, 'units')
  .check(decimals(UNIT_DECIMALS))
  .meta(decimalsRule(UNIT_DECIMALS));
/** What a counter added since it was read last. Below zero it has restarted, and says nothing of what came before. */
export const counted = z
  .number()
  .min(0, 'must be at least 0 units: after a counter has restarted, send what it has counted since')
  .max(MOST_UNITS, 'must be at most 1e12 units')
  .check(decimals(UNIT_DECIMALS))
  .meta(decimalsRule(UNIT_DECIMALS));
export const positiveQuantity = z
  .number()
  .gt(0, 'must be more than 0 units')
  .max(MOST_UNITS, 'must be at most 1e12 units')
  .check(decimals(UNIT_DECIMALS))
  .meta(decimalsRule(UNIT_DECIMALS));
/** US dollars, or dollars per unit or hour where the field says so. */
export const money = bounded(0, MOST_DOLLARS, 'dollars')
  .check(decimals(DOLLAR_DECIMALS))
  .meta(decimalsRule(DOLLAR_DECIMALS));
export const cycleSeconds = z
  .number()
  .gt(0, 'must be more than 0 seconds')
  .max(MOST_CYCLE_SECONDS, `must be at most ${MOST_CYCLE_SECONDS} seconds`)
  .check(decimals(CYCLE_DECIMALS))
  .meta(decimalsRule(CYCLE_DECIMALS));
export const ratio = bounded(0, 1, '(a fraction)');
/** Whether a text of it, or a name, has a NUL. The six characters that JSON writes for it may stand in a text. */
const holdsNul = (value: unknown): boolean => {
  if (typeof value === 'string') return value.includes('\0');
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([field, inner]) => field.includes('\0') || holdsNul(inner));
};

/** Free-form JSON of the client's own, stored as it is. */
export const json = z
  .record(z.string().max(MOST_JSON_NAME_CHARACTERS), z.json())
  .refine(
    (value) => JSON.stringify(value).length <= MOST_JSON_CHARACTERS,
    `must be at most ${MOST_JSON_CHARACTERS} characters of JSON`,
  )
  .refine((value) => !holdsNul(value), 'must not hold NUL characters')
  .meta(rule(`At most ${MOST_JSON_CHARACTERS.toLocaleString('en')} characters of JSON, without NUL characters.`));

export const reasonCategory = z
  .enum([
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
  ])
  .meta({ id: 'ReasonCategory' });
export type ReasonCategory = z.infer<typeof reasonCategory>;
export const phase = z.enum(['production', 'startup']).meta({ id: 'Phase' });
export const disposition = z.enum(['scrap', 'rework', 'downgrade']).meta({ id: 'Disposition' });
export const lineState = z
  .enum(['running', 'stopped', 'idle', 'changeover', 'planned_stop', 'starved', 'blocked'])
  .meta({ id: 'LineState' });
export type LineState = z.infer<typeof lineState>;

/** A number or a flag that also arrives as text in a query string. */
export const inQuery = {
  number: (schema: z.ZodNumber) =>
    z.preprocess((value) => (typeof value === 'string' && value !== '' ? Number(value) : value), schema),
  flag: z.preprocess((value) => (value === 'true' ? true : value === 'false' ? false : value), z.boolean()),
};
