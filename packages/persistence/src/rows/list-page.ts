/** Lists: one page by keys, never by offset, and a total that stops counting at 10,000. */
import { JsonText, Problem, readCursor, writeCursor } from '@plantops/contracts';
import { join, raw, sql, Sql } from '../database/sql.ts';
import { columnsOf, type RowBase, type Table } from '../database/table.ts';
import type { Tx } from '../database/tx.ts';
import { asJson, jsonColumns } from './json-rows.ts';

const TOTAL_CAP = 10_000;
/** A page ends early here, so that it always fits into one NATS message (1 MB). */
const MOST_BYTES = 768 * 1024;

export type PageRequest = {
  limit: number;
  cursor?: string | undefined;
  sort: string;
  /** Rows of `t` that were written or changed at this instant or later, besides the filters. */
  updated_since?: string | undefined;
};
/** A condition of the list, with `?` for its value. A condition whose value is undefined is left out. */
export type Filter = readonly [condition: string, value: unknown];

export type Page<R> = { items: R[]; next_cursor: string | null; total: number; total_is_capped: boolean };

/** Most rows are small: the largest page is read at once. */
const WHOLE_PAGE = 501;

declare const itemOf: unique symbol;
/** Conditions that have an index each which ends in one order of the list. */
export type Indexed = { readonly sort: string; readonly by: readonly string[] };
/**
 * What a list reads: `from` names its table as `t`, `select` the columns. Rows that are large are read `chunk` at a
 * time.
 */
export type View<V extends { id: string }> = {
  readonly from: string;
  readonly select: string;
  readonly chunk: number;
  readonly indexed?: Indexed | undefined;
  readonly [itemOf]?: V;
};
export function view<V extends { id: string }>(
  from: string,
  select: string,
  { chunk = WHOLE_PAGE, indexed }: { readonly chunk?: number; readonly indexed?: Indexed } = {},
): View<V> {
  return { from, select, chunk, indexed };
}

/** A table as a view of all its columns. */
export function viewOf<R extends { id: string }>(source: View<R> | Table<R & RowBase>): View<R> {
  return 'from' in source ? source : view<R>(`${source.meta.tableName} t`, columnsOf(source, 't'));
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
  const list = await listOf(tx, viewOf(source), filters, page);
  const { items, ...rest } = (await wholePage(tx, list)) ?? asText(await pageInChunks(tx, list));
  return new JsonText(`{"items":[${items}],${JSON.stringify(rest).slice(1)}`);
}

/** The same with the items as objects, for a service that works on them. */
export async function listItems<V extends { id: string }>(
  tx: Tx,
  source: View<V>,
  filters: readonly Filter[],
  page: PageRequest,
): Promise<Page<V>> {
  const { items, ...rest } = await pageInChunks(tx, await listOf(tx, source, filters, page));
  return { items: items.map((item) => JSON.parse(item) as V), ...rest };
}

/** A list as a client asks for it. */
type List = {
  readonly limit: number;
  readonly sort: string;
  readonly column: Sql;
  readonly chunk: number;
  /** How many rows match, up to one more than the cap. */
  readonly count: Sql;
  /** The rows of the page and those after it, as JSON text: `json`, and `value` and `id` for the cursor. */
  readonly rows: (most: number, skipped: number) => Sql;
  /** Whether one plan suits all tenants and values: an index gives the rows of the page in their order. */
  readonly isIndexed: boolean;
};

async function listOf(
  tx: Tx,
  { from: source, select, chunk, indexed }: View<{ id: string }>,
  asked: readonly Filter[],
  { limit, sort, cursor, updated_since }: PageRequest,
): Promise<List> {
  const columns = await jsonColumns({ from: source, select }, tx.statements, (text) => tx.describe(text));
  const changed: Filter = ['t.updated_at >= ?', updated_since];
  const filters = [...asked, changed].filter(([, value]) => value !== undefined);
  const from = raw(source);
  const filter = join([sql`t.tenant_id = ${tx.tenant}`, ...filters.map(conditionOf)], ' and ');
  const after = cursor === undefined ? undefined : readCursor(cursor, sort);
  const column = raw(sort.replace('-', ''));
  const [direction, beyond] = sort.startsWith('-') ? [raw('desc'), raw('<')] : [raw('asc'), raw('>')];
  const rest = after ? sql` and (t.${column}, t.id) ${beyond} (${after.value}, ${after.id})` : sql``;
  return {
    limit,
    sort,
    column,
    chunk,
    count: sql`select count(*) from (select 1 from ${from} where ${filter} limit ${raw(TOTAL_CAP + 1)}) counted`,
    rows: (most, skipped) =>
      asJson(
        columns,
        sql`
          select ${raw(select)}
          from ${from}
          where ${filter}${rest}
          order by t.${column} ${direction}, t.id ${direction}
          limit ${raw(most)} offset ${raw(skipped)}`,
        sql`j.${column}::text as value, j.id`,
      ),
    isIndexed: isIndexed(indexed, column.text, filters),
  };
}

/** `t.line_id = ?` with its value, which may stand in it more than once. */
function conditionOf([condition, value]: Filter): Sql {
  return new Sql(condition.replaceAll('?', '$1'), [value]);
}

/** A period of the list's own order is a part of the index: besides it, one condition may be asked. */
function isIndexed(indexed: Indexed | undefined, column: string, filters: readonly Filter[]): boolean {
  if (column !== indexed?.sort) return false;
  const others = filters.filter(
    ([condition]) => !/^t\.(\w+) (>=|<) \?$/.test(condition) || !condition.startsWith(`t.${column} `),
  );
  return others.length <= 1 && others.every(([condition]) => indexed.by.includes(condition));
}

type Last = { readonly value: string; readonly id: string };
const restOf = (list: List, total: number, last: Last | undefined): Omit<Page<string>, 'items'> => ({
  next_cursor: last === undefined ? null : writeCursor(list.sort, last),
  total: Math.min(total, TOTAL_CAP),
  total_is_capped: total > TOTAL_CAP,
});

/**
 * The page and the total in one statement, which writes the text of all items. Returns undefined where they are too
 * large for that.
 */
async function wholePage(tx: Tx, list: List): Promise<(Omit<Page<string>, 'items'> & { items: string }) | undefined> {
  if (list.chunk < WHOLE_PAGE) return undefined;
  const limit = raw(list.limit);
  const statement = sql`
    select
      (${list.count}) as total,
      case when coalesce(sum(octet_length(p.json)), 0) <= ${raw(MOST_BYTES)}
        then string_agg(p.json, ',') filter (where p.place <= ${limit}) else '' end as items,
      max(p.value) filter (where p.place = ${limit}) as value,
      max(p.id::text) filter (where p.place = ${limit}) as id,
      count(*) as found
    from (select r.*, row_number() over () as place from (${list.rows(list.limit + 1, 0)}) r) p`;
  const [page] = await tx.search<{ total: number; items: string | null; found: number } & Last>(
    statement,
    list.isIndexed,
  );
  const { total, items, found, value, id } = page as NonNullable<typeof page>;
  if (items === '') return undefined;
  return { items: items ?? '', ...restOf(list, total, found > list.limit ? { value, id } : undefined) };
}

function asText({ items, ...rest }: Page<string>) {
  return { items: items.join(','), ...rest };
}

async function pageInChunks(tx: Tx, list: List): Promise<Page<string>> {
  const [[counted], { rows, isFull }] = await Promise.all([
    tx.search<{ count: number }>(list.count),
    rowsInChunks(tx, list),
  ]);
  return {
    items: rows.map(({ json }) => json),
    ...restOf(list, counted?.count ?? 0, isFull ? rows.at(-1) : undefined),
  };
}

type JsonRow = { readonly json: string } & Last;
/** Reads until the page has enough rows or bytes. Large rows are read a few at a time, so that few are in memory. */
async function rowsInChunks(tx: Tx, list: List): Promise<{ rows: JsonRow[]; isFull: boolean }> {
  const rows: JsonRow[] = [];
  let bytes = 0;
  for (;;) {
    const most = Math.min(list.chunk, list.limit + 1 - rows.length);
    const read = await tx.search<JsonRow>(list.rows(most, rows.length));
    for (const row of read) {
      bytes += Buffer.byteLength(row.json);
      if (rows.length === list.limit || (bytes > MOST_BYTES && rows.length > 0)) return { rows, isFull: true };
      rows.push(row);
    }
    if (read.length < most) return { rows, isFull: false };
  }
}
