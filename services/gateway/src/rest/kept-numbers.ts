/**
 * JSON has numbers of any length, JavaScript and most clients have 64 bits for one. A number that would be stored with
 * another value than it was sent with is refused, unless it is rounded anyway.
 */
import { isRounded, Problem } from '@plantops/contracts';

/** Sixteen digits or an exponent: all other numbers are kept. */
const DOUBTFUL = /\d[\d.]{15}|\d[eE][+-]?\d/;

type Source = { readonly source?: string };

/** Throws `invalid`, with the name of the field, for a number whose value would change. The text need not be JSON. */
export function refuseChangedNumbers(text: string): void {
  if (!DOUBTFUL.test(text)) return;
  try {
    JSON.parse(text, (name: string, value: unknown, { source }: Source = {}) => {
      if (typeof value === 'number' && source !== undefined && !isKept(source, value) && !isRounded(source, value))
        throw Problem.field(
          name,
          `is a number that cannot be kept as it was sent, ${source.slice(0, 50)}: send it as text`,
        );
      return value;
    });
  } catch (error) {
    if (error instanceof Problem) throw error;
    // It is not JSON: its parser says so.
  }
}

/** Whether a number has the value of the text that it was written as. */
export function isKept(source: string, value: number): boolean {
  return Number.isFinite(value) && normal(source) === normal(String(value));
}

/** Digits without zeros around them, and the power of ten of the last one: equal for equal values. */
function normal(number: string): string {
  const [, sign = '', whole = '', part = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(number) ?? [];
  const digits = (whole + part).replace(/^0+/, '');
  const short = digits.replace(/0+$/, '');
  return short === '' ? '0' : `${sign}${short}e${Number(exponent) - part.length + digits.length - short.length}`;
}
