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

export type CsvPage = { readonly text: string; readonly total: number; readonly next: string | null };

export const csvOf = (columns: readonly string[], body: string): CsvPage => {
  const { items, next_cursor, total } = listShape.parse(JSON.parse(body));
  const rows = items.map((item) => columns.map((column) => cell(item[column])));
  return {
    text: stringify(rows, { header: true, columns: [...columns], record_delimiter: 'windows' }),
    total,
    next: next_cursor,
  };
};

/** Text that a spreadsheet would run as a formula is marked as text. */
const FORMULA = /^[=+\-@\t\r]/;
const cell = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return FORMULA.test(value) ? `'${value}` : value;
  return JSON.stringify(value);
};
