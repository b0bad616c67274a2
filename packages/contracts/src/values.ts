/** The values that fields are made of: their shapes, units and limits. */
import { z } from 'zod';
import { DECIMALS, normalLine, normalText, roundedNumber } from './normal.ts';

/** What is wrong with a value, said as a remedy, wherever its schema does not say it better. */
z.config({
  customError: (issue) => {
    if (issue.code === 'invalid_type')
      return issue.input === undefined ? 'is required' : `must be ${named(issue.expected)}`;
    if (issue.code === 'invalid_value') return `must be one of ${issue.values.map(String).join(', ')}`;
    if (issue.code === 'too_small')
      return beyond(issue.origin, `${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}`);
    if (issue.code === 'too_big')
      return beyond(issue.origin, `${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}`);
    return undefined;
  },
});
const beyond = (origin: string, limit: string): string =>
  origin === 'string'
    ? `must have ${limit} characters`
    : origin === 'array'
      ? `must have ${limit} entries`
      : `must be ${limit}`;
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
const MOST_DOLLARS = 1e9;
const HOURLY_DECIMALS = 4;
const RATIO_DECIMALS = 4;
const MOST_CYCLE_SECONDS = 86_400;
const EARLIEST_YEAR = 2000;
const LATEST_YEAR = 2099;

/**
 * A limit that JSON Schema has no keyword for, as a sentence. Documents print it after the description of each field of
 * input that is made of the value.
 */
const rule = (sentence: string) => ({ rule: sentence });

/** The limit counts characters after the text is put into its normal form, as JSON Schema's maxLength does. */
const atMost = (max: number, what: string) =>
  z.check<string>(({ value, issues }) => {
    if (Array.from(value).length <= max) return;
    const message = `${what} must be at most ${max} characters long`;
    issues.push({ code: 'too_big', origin: 'string', maximum: max, inclusive: true, input: value, message });
  });
/** Text in its normal form. A lone surrogate is half of a character: PostgreSQL cannot store it. */
const printable = (max: number, what: string, normal: (text: string) => string) =>
  z
    .string()
    .overwrite(normal)
    .min(1, `${what} must not be empty`)
    .check(atMost(max, what))
    .refine((text) => text.isWellFormed(), `${what} must not hold broken characters`)
    .meta({ maxLength: max });

export const id = z.uuid('must be a UUID');
export const tenantSlug = z
  .string()
  .regex(new RegExp(`^[a-z0-9-]{1,${MOST_TENANT_CHARACTERS}}$`), `must be ${TENANT_RULE}`);
/** What other systems call a line or a sensor. It is a token of NATS subjects, hence its alphabet. */
export const code = z.string().regex(new RegExp(`^[A-Za-z0-9_-]{1,${MOST_CODE_CHARACTERS}}$`), `must be ${CODE_RULE}`);
/**
 * What other systems call a product, a batch or a reason: printable characters of any script, blanks and punctuation
 * too.
 */
export const printableCode = printable(MOST_CODE_CHARACTERS, 'a code', normalLine);
export const name = printable(MOST_NAME_CHARACTERS, 'a name', normalLine);
/** Free text: it may have several lines. */
export const text = printable(MOST_TEXT_CHARACTERS, 'a text', normalText);
/** An identifier or a word of another system: a downtime reference, an event id, a person. */
export const reference = printable(MOST_REFERENCE_CHARACTERS, 'a reference', normalLine);

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

/** Counters and other systems compute with floats, whose last digits are noise. The limits hold after rounding. */
const rounded = (decimals: number) => z.number().overwrite((value) => roundedNumber(value, decimals));
const roundedRule = (decimals: number) => rule(`Rounded to ${decimals} decimals.`);
const bounded = (low: number, high: number, unit: string, decimals = DECIMALS) =>
  rounded(decimals)
    .min(low, `must be at least ${low} ${unit}`)
    .max(high, `must be at most ${high} ${unit}`)
    .meta(roundedRule(decimals));
/** Units of product; fractions are allowed (kilograms, litres). */
export const quantity = bounded(0, MOST_UNITS, 'units');
/** What a counter added since it was read last. Below zero it has restarted, and says nothing of what came before. */
export const counted = rounded(DECIMALS)
  .min(0, 'must be at least 0 units: after a counter has restarted, send what it has counted since')
  .max(MOST_UNITS, 'must be at most 1e12 units')
  .meta(roundedRule(DECIMALS));
export const positiveQuantity = rounded(DECIMALS)
  .gt(0, 'must be more than 0 units')
  .max(MOST_UNITS, 'must be at most 1e12 units')
  .meta(roundedRule(DECIMALS));
/** US dollars a unit. */
export const money = bounded(0, MOST_DOLLARS, 'dollars');
/** US dollars an hour. */
export const hourlyMoney = bounded(0, MOST_DOLLARS, 'dollars', HOURLY_DECIMALS);
const MOST_DIGITS = 9;
/**
 * How many of one unit another one is: a number, or a fraction of whole numbers for what decimals cannot say. Blanks in
 * a fraction are left out.
 */
export const unitFactor = z.union([
  rounded(DECIMALS)
    .gt(0, 'must be more than 0')
    .lt(10 ** MOST_DIGITS, 'must be less than 1e9')
    .meta(roundedRule(DECIMALS)),
  z
    .string()
    .overwrite((fraction) => fraction.replaceAll(/\s/g, ''))
    .regex(
      new RegExp(`^[1-9][0-9]{0,${MOST_DIGITS - 1}}/[1-9][0-9]{0,${MOST_DIGITS - 1}}$`),
      `must be a number, or a fraction of whole numbers of at most ${MOST_DIGITS} digits, as 1/6`,
    ),
]);
export const cycleSeconds = rounded(DECIMALS)
  .gt(0, 'must be more than 0 seconds')
  .max(MOST_CYCLE_SECONDS, `must be at most ${MOST_CYCLE_SECONDS} seconds`)
  .meta(roundedRule(DECIMALS));
export const ratio = bounded(0, 1, '(a fraction)', RATIO_DECIMALS);
export const timeMinutes = (most: number) => bounded(0, most, 'minutes');
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
