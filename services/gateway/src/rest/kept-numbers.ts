/**
 * JSON has numbers of any length, JavaScript and most clients have 64 bits for one. A number that would be stored with
 * another value than it was sent with is refused, unless its field rounds it anyway.
 */
import { hasNoise, Problem } from '@plantops/contracts';
import type { z } from 'zod';
import { fieldIn, kindOfNumber } from './number-fields.ts';
import { DEEPEST } from './read-input.ts';

/** Sixteen digits or an exponent: all other numbers are kept. */
const DOUBTFUL = /\d[\d.]{15}|\d[eE][+-]?\d/;

type Source = { readonly source?: string };
/** The numbers whose value differs from their text, as they are written: by the object or array that holds them. */
type Changed = ReadonlyMap<unknown, ReadonlyMap<string, string>>;

/**
 * Throws `invalid`, with the name of the field, for a number whose value would change. `input`: what the operation
 * accepts, which says which fields are rounded. The text need not be JSON.
 */
export function refuseChangedNumbers(text: string, input: z.ZodType): void {
  if (!DOUBTFUL.test(text)) return;
  const changed = new Map<unknown, Map<string, string>>();
  let body: unknown;
  try {
    body = JSON.parse(text, function (this: unknown, name: string, value: unknown, { source }: Source = {}) {
      if (typeof value === 'number' && source !== undefined && !isKept(source, value))
        changed.set(this, (changed.get(this) ?? new Map<string, string>()).set(name, source));
      return value;
    });
  } catch {
    // It is not JSON: its parser says so.
    return;
  }
  if (changed.size > 0) refuseIn(body, input, changed, 0);
}

function refuseIn(value: unknown, schema: z.ZodType | undefined, changed: Changed, depth: number): void {
  // What is nested deeper is refused anyway.
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return;
  for (const [name, inner] of Object.entries(value)) {
    const field = schema === undefined ? undefined : fieldIn(schema, name);
    const source = changed.get(value)?.get(name);
    if (source !== undefined && !mayChange(source, inner as number, field))
      throw Problem.field(name, `is a number that cannot be kept as it was sent, ${source.slice(0, 50)}: ${REMEDY}`);
    refuseIn(inner, field, changed, depth + 1);
  }
}

const REMEDY = 'send at most 15 digits, or send it as text where text is allowed';

function mayChange(source: string, value: number, field: z.ZodType | undefined): boolean {
  if (!Number.isFinite(value)) return false;
  const kind = field === undefined ? 'free' : kindOfNumber(field);
  return kind === 'rounded' ? hasNoise(source) : kind === 'binary' && isWrittenOut(source, value);
}

/** Whether a number has the value of the text that it was written as. */
export function isKept(source: string, value: number): boolean {
  return Number.isFinite(value) && normal(source) === normal(String(value));
}

const MOST_DIGITS = 100;
/** Whether a program wrote these 64 bits with more digits than it takes to tell them apart: no other value is meant. */
function isWrittenOut(source: string, value: number): boolean {
  const { digits } = partsOf(source);
  return (
    digits.length > 0 && digits.length <= MOST_DIGITS && normal(source) === normal(value.toPrecision(digits.length))
  );
}

/** Digits without zeros around them, and the power of ten of the last one: equal for equal values. */
function normal(number: string): string {
  const { sign, digits, power } = partsOf(number);
  const short = digits.replace(/0+$/, '');
  return short === '' ? '0' : `${sign}${short}e${power + digits.length - short.length}`;
}

/** The digits from the first that is not 0, and the power of ten of the last one. */
function partsOf(number: string) {
  const [, sign = '', whole = '', part = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(number) ?? [];
  return { sign, digits: (whole + part).replace(/^0+/, ''), power: Number(exponent) - part.length };
}
