/**
 * What other systems send in a form of their own is put into one form before it is compared, looked up or stored:
 * numbers of 32-bit floats, accents as characters of their own, blanks that a scanner adds.
 */

/** What is done to values that are sent, for readers of the documents. */
export const NORMAL_FORM =
  'Before values are compared or stored, numbers are rounded as their fields say, and text is put into Unicode NFC, ' +
  'without control characters and without blanks around it; free text keeps its line breaks. Limits hold after that.';

/** Digits beyond these are noise of floats. */
export const DECIMALS = 6;
/** From here on the steps between two numbers of 64 bits are wider than a millionth: nothing is left to round. */
const WIDE = 2 ** 33;

/** The number with at most so many decimals, rounded half away from zero, by the decimals that it is written with. */
export function roundedNumber(value: number, decimals = DECIMALS): number {
  if (!(Math.abs(value) < WIDE)) return value;
  const [digits, exponent = '0'] = String(Math.abs(value)).split('e');
  const steps = Math.round(Number(`${digits}e${Number(exponent) + decimals}`));
  // A zero has no sign.
  return steps === 0 ? 0 : Math.sign(value) * Number(`${steps}e-${decimals}`);
}

/** Whether a number is written with more decimals than rounded fields keep: nobody misses the rest there. */
export function hasNoise(source: string): boolean {
  const [, part = '', exponent = '0'] = /^-?\d+(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(source) ?? [];
  return part.length - Number(exponent) > DECIMALS;
}

/** Tabs, and all that ends a line: they separate words, and may not weld them when they are taken away. */
const LINE_BREAKS = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/g;
const TABS = /\t/g;
const CONTROL_CHARACTERS = /\p{Cc}/gu;
const CONTROL_CHARACTERS_BUT_LINE_BREAKS = /(?!\n)\p{Cc}/gu;

/** One line of text in NFC, without control characters, and without blanks around it. */
export function normalLine(text: string): string {
  return text.replace(LINE_BREAKS, ' ').replace(TABS, ' ').replace(CONTROL_CHARACTERS, '').normalize('NFC').trim();
}

/** The same for text of several lines: each line ends in a line feed. */
export function normalText(text: string): string {
  return text
    .replace(LINE_BREAKS, '\n')
    .replace(TABS, ' ')
    .replace(CONTROL_CHARACTERS_BUT_LINE_BREAKS, '')
    .normalize('NFC')
    .trim();
}
