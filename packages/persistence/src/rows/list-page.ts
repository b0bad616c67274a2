/** Lists: one page by keys, never by offset, and a total that stops counting at 10,000. */
import { Problem, readCursor, writeCursor } from '@plantops/contracts';
import type { RowBase, Table } from '../database/table.ts';
import type { Tx } from '../database/tx.ts';

const TOTAL_CAP = 10_000;
/** A page ends early here, so that it always fits into one NATS message (1 MB). */
const MOST_BYTES = 768 * 1024;

export type PageRequest = { limit: number; cursor?: string | undefined; sort: string };
/** A condition of the list, with `?` for its value. A condition whose value is undefined is left out. */
export type Filter = readonly [condition: string, value: unknown];

export type Page<R> = { items: R[]; next_cursor: string | null; total: number; total_is_capped: boolean };

/** Most rows are small: the largest page is read at once. */
const WHOLE_PAGE = 501;

declare const itemOf: unique symbol;
/**
 * What a list reads: `from` names its table as `t`, `select` the columns. Rows that are large are read `chunk` at a
 * time.
 */
export type View<V extends { id: string }> = {
  readonly from: string;
  readonly select: string;
  readonly chunk: number;
  readonly [itemOf]?: V;
};
export function view<V extends { id: string }>(from: string, select = 't.*', chunk = WHOLE_PAGE): View<V> {
  return { from, select, chunk };
}
/** Reads one row of a view by its id; throws `not_found`. `name` is what people call the row. */
export async function getFromView<V extends { id: string }>(
  tx: Tx,
  { from, select }: View<V>,
  name: string,
  id: string,
): Promise<V> {
  const [row] = await tx.query<V>(`select ${select} from ${from} where t.tenant_id = $1 and t.id = $2`, [
    tx.tenant,
    id,
  ]);
  if (row === undefined) throw new Problem('not_found', `there is no ${name} ${id}`);
  return row;
}

const viewOf = <R extends RowBase>(source: Table<R> | View<R>): View<R> =>
  'from' in source ? source : view<R>(`${source.meta.tableName} t`);

/** One page of a table or view. `sort` is a column of `t`, with `-` in front for the newest first. */
export async function listPage<R extends RowBase>(
  tx: Tx,
  source: Table<R>,
  filters: readonly Filter[],
  page: PageRequest,
): Promise<Page<R>>;
export async function listPage<V extends { id: string }>(
  tx: Tx,
  source: View<V>,
  filters: readonly Filter[],
  page: PageRequest,
): Promise<Page<V>>;
export async function listPage(
  tx: Tx,
  source: Table | View<RowBase>,
  filters: readonly Filter[],
  page: PageRequest,
): Promise<Page<RowBase>> {
  const { from, select, chunk } = viewOf(source);
  const values: unknown[] = [tx.tenant];
  const bind = (condition: string, value: unknown) => condition.replaceAll('?', () => `$${values.push(value)}`);
  const where = [
    't.tenant_id = $1',
    ...filters.filter(([, value]) => value !== undefined).map(([condition, value]) => bind(condition, value)),
  ];
  const [{ count } = { count: 0 }] = await tx.search<{ count: number }>(
    `select count(*) as count from (select 1 from ${from} where ${where.join(' and ')} limit ${TOTAL_CAP + 1}) counted`,
    values,
  );

  const descending = page.sort.startsWith('-');
  const column = page.sort.replace('-', '');
  const after = page.cursor === undefined ? undefined : readCursor(page.cursor, page.sort);
  if (after)
    where.push(
      `(t.${column}, t.id) ${descending ? '<' : '>'} ($${values.push(after.value)}, $${values.push(after.id)})`,
    );
  const direction = descending ? 'desc' : 'asc';
  const order = `order by t.${column} ${direction}, t.id ${direction}`;
  const { items, more } = await inChunks(page.limit, chunk, (most, skipped) =>
    tx.search<RowBase>(
      `select ${select} from ${from} where ${where.join(' and ')} ${order} limit ${most} offset ${skipped}`,
      values,
    ),
  );
  const last = items.at(-1);
  return {
    items,
    next_cursor:
      more && last !== undefined
        ? writeCursor(page.sort, { value: String((last as Record<string, unknown>)[column]), id: last.id })
        : null,
    total: Math.min(count, TOTAL_CAP),
    total_is_capped: count > TOTAL_CAP,
  };
}

/** Reads until the page has enough rows or bytes. Large rows are read a few at a time, so that few are in memory. */
const inChunks = async <R>(
  limit: number,
  chunk: number,
  read: (most: number, skipped: number) => Promise<R[]>,
): Promise<{ items: R[]; more: boolean }> => {
  const items: R[] = [];
  let bytes = 0;
  for (;;) {
    const most = Math.min(chunk, limit + 1 - items.length);
    const rows = await read(most, items.length);
    for (const row of rows) {
      bytes += Buffer.byteLength(JSON.stringify(row));
      if (items.length === limit || (bytes > MOST_BYTES && items.length > 0)) return { items, more: true };
      items.push(row);
    }
    if (rows.length < most) return { items, more: false };
  }
};
