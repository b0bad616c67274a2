/** Lists: one page by keys, never by offset, and a total that stops counting at 10,000. */
import { JsonText, Problem, readCursor, writeCursor } from '@plantops/contracts';
import { join, raw, sql, Sql } from '../database/sql.ts';
import type { RowBase, Table } from '../database/table.ts';
import type { Tx } from '../database/tx.ts';
import { asJson, jsonColumns } from './json-rows.ts';

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

/** A table as a view of all its columns. */
export function viewOf<R extends { id: string }>(source: View<R> | Table<R & RowBase>): View<R> {
  return 'from' in source ? source : view<R>(`${source.meta.tableName} t`);
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

/** One page of a table or view. `sort` is a column of `t`, with `-` in front for the newest first. */
export async function listPage<R extends RowBase>(
  tx: Tx,
  source: Table<R>,
  filters: readonly Filter[],
  page: PageRequest,
): Promise<JsonText<Page<R>>>;
export async function listPage<V extends { id: string }>(
  tx: Tx,
  source: View<V>,
  filters: readonly Filter[],
  page: PageRequest,
): Promise<JsonText<Page<V>>>;
export async function listPage(
  tx: Tx,
  source: Table | View<RowBase>,
  filters: readonly Filter[],
  page: PageRequest,
): Promise<JsonText<Page<RowBase>>> {
  const { items, ...rest } = await readPage(tx, viewOf(source), filters, page);
  return new JsonText(`{"items":[${items.join(',')}],${JSON.stringify(rest).slice(1)}`);
}

/** The same with the items as objects, for a service that works on them. */
export async function listItems<V extends { id: string }>(
  tx: Tx,
  source: View<V>,
  filters: readonly Filter[],
  page: PageRequest,
): Promise<Page<V>> {
  const { items, ...rest } = await readPage(tx, source, filters, page);
  return { items: items.map((item) => JSON.parse(item) as V), ...rest };
}

/** Each item is JSON text. */
async function readPage<V extends { id: string }>(
  tx: Tx,
  source: View<V>,
  filters: readonly Filter[],
  { limit, sort, cursor }: PageRequest,
): Promise<Page<string>> {
  const columns = await jsonColumns(source, (text) => tx.describe(text));
  const from = raw(source.from);
  const filter = join(
    [sql`t.tenant_id = ${tx.tenant}`, ...filters.filter(([, value]) => value !== undefined).map(conditionOf)],
    ' and ',
  );
  const after = cursor === undefined ? undefined : readCursor(cursor, sort);
  const column = sort.replace('-', '');
  const [direction, beyond] = sort.startsWith('-') ? ['desc', '<'] : ['asc', '>'];
  const rest = after ? sql` and (t.${raw(column)}, t.id) ${raw(beyond)} (${after.value}, ${after.id})` : sql``;
  const count = tx.search<{ count: number }>(sql`
    select count(*) as count
    from (select 1 from ${from} where ${filter} limit ${raw(TOTAL_CAP + 1)}) counted`);
  const chunks = inChunks(limit, source.chunk, (most, skipped) =>
    tx.search<{ json: string }>(
      asJson(
        columns,
        sql`
          select ${raw(source.select)}
          from ${from}
          where ${filter}${rest}
          order by t.${raw(column)} ${raw(direction)}, t.id ${raw(direction)}
          limit ${raw(most)} offset ${raw(skipped)}`,
      ),
    ),
  );
  const [[counted], { items, more }] = await Promise.all([count, chunks]);
  const total = counted?.count ?? 0;
  return {
    items,
    next_cursor: more ? cursorAt(sort, column, items.at(-1)) : null,
    total: Math.min(total, TOTAL_CAP),
    total_is_capped: total > TOTAL_CAP,
  };
}

/** `t.line_id = ?` with its value, which may stand in it more than once. */
function conditionOf([condition, value]: Filter): Sql {
  return new Sql(condition.replaceAll('?', '$1'), [value]);
}

function cursorAt(sort: string, column: string, last: string | undefined): string | null {
  if (last === undefined) return null;
  const row = JSON.parse(last) as Record<string, unknown> & { id: string };
  return writeCursor(sort, { value: String(row[column]), id: row.id });
}

/** Reads until the page has enough rows or bytes. Large rows are read a few at a time, so that few are in memory. */
async function inChunks(
  limit: number,
  chunk: number,
  read: (most: number, skipped: number) => Promise<{ json: string }[]>,
): Promise<{ items: string[]; more: boolean }> {
  const items: string[] = [];
  let bytes = 0;
  for (;;) {
    const most = Math.min(chunk, limit + 1 - items.length);
    const rows = await read(most, items.length);
    for (const { json } of rows) {
      bytes += Buffer.byteLength(json);
      if (items.length === limit || (bytes > MOST_BYTES && items.length > 0)) return { items, more: true };
      items.push(json);
    }
    if (rows.length < most) return { items, more: false };
  }
}
