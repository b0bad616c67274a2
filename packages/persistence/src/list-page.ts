/** Lists: one page by keys, never by offset, and a total that stops counting at 10,000. */
import { readCursor, writeCursor } from '@plantops/contracts';
import type { Tx } from './tx.ts';

const TOTAL_CAP = 10_000;
/** A page ends early here, so that it always fits into one NATS message (1 MB). */
const MOST_BYTES = 768 * 1024;

export type PageRequest = { limit: number; cursor?: string | undefined; sort: string };
/** Conditions of the list: a condition that is undefined is left out. `?` stands for its value. */
export type Filter = readonly [condition: string, value: unknown];

export type Page<R> = { items: R[]; next_cursor: string | null; total: number; total_is_capped: boolean };

/** `from` names the table as `t`; `sort` is a column of it, `-` first for the newest first. */
export const listPage = async <R extends { id: string }>(
  tx: Tx,
  from: string,
  filters: readonly Filter[],
  page: PageRequest,
  select = 't.*',
): Promise<Page<R>> => {
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
  if (after) where.push(`(t.${column}, t.id) ${descending ? '<' : '>'} ($${values.push(after.value)}, $${values.push(after.id)})`);
  const direction = descending ? 'desc' : 'asc';
  const rows = await tx.search<R>(
    `select ${select} from ${from} where ${where.join(' and ')} order by t.${column} ${direction}, t.id ${direction} limit $${values.push(page.limit + 1)}`,
    values,
  );
  const items = fitting(rows.slice(0, page.limit));
  const last = items.at(-1);
  const more = last !== undefined && items.length < rows.length;
  return {
    items,
    next_cursor: more ? writeCursor(page.sort, { value: String((last as Record<string, unknown>)[column]), id: last.id }) : null,
    total: Math.min(count, TOTAL_CAP),
    total_is_capped: count > TOTAL_CAP,
  };
};

const fitting = <R>(rows: R[]): R[] => {
  let bytes = 0;
  const beyond = rows.findIndex((row) => (bytes += Buffer.byteLength(JSON.stringify(row))) > MOST_BYTES);
  return beyond > 0 ? rows.slice(0, beyond) : rows;
};
