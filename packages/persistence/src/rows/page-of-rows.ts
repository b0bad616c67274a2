/** Rows of several kinds in one list, page by page, as their owners keep them. */
import { Problem } from '@plantops/contracts';
import type { Tx } from '../database/tx.ts';

const PAGE = 500;
const MOST_BYTES = 700 * 1024;
const CURSOR = /^([a-z]{1,20})~([0-9a-f-]{36})$/;

declare const itemOf: unique symbol;
/** A statement that selects rows of several kinds as `kind, id, row` (JSON). $1 is the tenant; the values follow. */
export type RowsOfKinds<I> = { readonly text: string; readonly [itemOf]?: I };
export function rowsOfKinds<I extends { kind: string; row: object }>(text: string): RowsOfKinds<I> {
  return { text };
}

/**
 * One page of such a statement. Instants in the rows get the form that answers have: PostgreSQL writes them otherwise
 * in JSON.
 */
export const pageOfRows = async <I extends { kind: string; row: object }>(
  tx: Tx,
  rows: RowsOfKinds<I>,
  values: readonly unknown[],
  cursor: string | undefined,
): Promise<{ items: I[]; next_cursor: string | null }> => {
  const after = cursor === undefined ? ['', '00000000-0000-0000-0000-000000000000'] : CURSOR.exec(cursor)?.slice(1);
  if (after === undefined) throw Problem.field('cursor', 'is not a next_cursor of this list: start again without it');
  const at = values.length + 2;
  const page = await tx.query<{ kind: string; id: string; row: Record<string, unknown> }>(
    `select kind, id, row
     from (${rows.text}) r
     where (kind, id) > ($${at}, $${at + 1}::uuid)
     order by kind, id
     limit ${PAGE + 1}`,
    [tx.tenant, ...values, ...after],
  );
  let bytes = 0;
  const fitting = page
    .slice(0, PAGE)
    .filter(({ row }, index) => (bytes += Buffer.byteLength(JSON.stringify(row))) <= MOST_BYTES || index === 0);
  const last = fitting.at(-1);
  return {
    items: fitting.map(({ kind, row }) => ({ kind, row: onTheWire(row) }) as unknown as I),
    next_cursor: last !== undefined && fitting.length < page.length ? `${last.kind}~${last.id}` : null,
  };
};

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?\+00:00$/;
const onTheWire = (row: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      typeof value === 'string' && INSTANT.test(value) ? new Date(value).toISOString() : value,
    ]),
  );
