/** Writing a row and announcing it, in one transaction: neither is committed without the other. */
import type { EventContract } from '@plantops/contracts';
import type { z } from 'zod';
import type { FieldsOf, RowBase, Table } from '../database/table.ts';
import type { Tx } from '../database/tx.ts';
import { announce, announcement, type Cause } from '../outbox/outbox.ts';
import { insertRow, insertRows, lockRow, updateRow, type Author } from './rows.ts';

/** The transaction that writes, who writes, and the instant of the change. */
export type Writing = { readonly tx: Tx; readonly call: Author & Cause; readonly at: string };
type RowEvent<R> = EventContract<z.ZodType<R>>;

/** Inserts a row and announces it. */
export async function addRow<R extends RowBase>(
  { tx, call, at }: Writing,
  table: Table<R>,
  fields: FieldsOf<R> & { id?: string },
  event: RowEvent<R>,
): Promise<R> {
  return announceRow({ tx, call, at }, await insertRow(tx, table, fields, call, at), event);
}

/** Inserts many rows in one statement, each with its own author, and announces them. */
export async function addRows<R extends RowBase>(
  tx: Tx,
  table: Table<R>,
  rows: readonly FieldsOf<R>[],
  authors: readonly (Author & Cause)[],
  event: RowEvent<R>,
  now: string,
): Promise<void> {
  const [first] = authors;
  if (first === undefined) return;
  const added = await insertRows(tx, table, rows, authors, now);
  await announce(
    tx,
    added.map((row, index) => ({ ...announcement(event, row, row.id), cause: authors[index] ?? first })),
    first,
    now,
  );
}

/** Locks a row, lets a rule decide what changes, writes it as the next version and announces it. */
export async function changeRow<R extends RowBase>(
  { tx, call, at }: Writing,
  table: Table<R>,
  id: string,
  event: RowEvent<R>,
  decide: (row: R) => Partial<FieldsOf<R>> | Promise<Partial<FieldsOf<R>>>,
): Promise<R> {
  const row = await lockRow(tx, table, id, call.expectedVersion);
  return announceRow({ tx, call, at }, await updateRow(tx, table, row, await decide(row), call, at), event);
}

/** Announces a row as it is now. */
export async function announceRow<R extends RowBase>(
  { tx, call, at }: Writing,
  row: R,
  event: RowEvent<R>,
): Promise<R> {
  await announce(tx, [announcement(event, row, row.id)], call, at);
  return row;
}
