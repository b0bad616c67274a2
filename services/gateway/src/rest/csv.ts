/** Lists as CSV (RFC 4180): the rows of a page, one column for each field, named as in the contract. */
import type { Operation } from '@plantops/contracts';
import { stringify } from 'csv-stringify/sync';
import { z } from 'zod';

const listShape = z.object({
  items: z.array(z.record(z.string(), z.unknown())),
  next_cursor: z.string().nullable(),
  total: z.int(),
});

/** The fields of a list's rows, in the order of the contract; undefined if the operation does not return a list. */
export const columnsOf = ({ output }: Operation): string[] | undefined => {
  if (!(output instanceof z.ZodObject)) return undefined;
  const { items, next_cursor } = output.shape as Record<string, z.ZodType>;
  if (!(items instanceof z.ZodArray) || next_cursor === undefined || !(items.element instanceof z.ZodObject))
    return undefined;
  return Object.keys(items.element.shape);
};

const FORM = { record_delimiter: 'windows', quoted_string: true, cast: { boolean: String } } as const;

/** The rows of a page as lines, how many they are and how many there are in all, and where the next page begins. */
export type CsvPage = {
  readonly rows: string;
  readonly count: number;
  readonly total: number;
  readonly next: string | null;
};

export const csvOf = (columns: readonly string[], body: string): CsvPage => {
  const { items, next_cursor, total } = listShape.parse(JSON.parse(body));
  const rows = items.map((item) => columns.map((column) => cell(item[column])));
  return { rows: stringify(rows, FORM), count: rows.length, total, next: next_cursor };
};

/**
 * Where a spreadsheet may begin a cell with a formula: at the beginning of a text, and after what separates cells in some
 * language of its user, which may not be the comma. The full-width forms count too.
 */
const FORMULAS = /(^|[;,\t\r\n|])(\s*)([=+\-@＝＋－＠])/g;
/** Marks it as text. */
const harmless = (text: string): string => text.replaceAll(FORMULAS, "$1$2'$3");

/** Numbers and booleans as they are; a part with fields of its own as JSON. */
const cell = (value: unknown): string | number | boolean | null => {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return harmless(value);
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  return JSON.stringify(value, (_name, inner: unknown) => (typeof inner === 'string' ? harmless(inner) : inner));
};
