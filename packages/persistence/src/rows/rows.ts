/**
 * Rows of a table by prepared statements: insert, lock, update under a version. The columns are those of the table's
 * entity.
 */
import { Problem } from '@plantops/contracts';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { columnOf, columnsOf, fieldNames, type FieldsOf, type RowBase, type Table } from '../database/table.ts';
import type { Tx } from '../database/tx.ts';

/** Who changes a row, and the version they saw last, if they said so. */
export type Author = { readonly actor: string; readonly expectedVersion?: number };

/** A row by the columns that store its fields. */
const byColumn = (table: Table, row: object): object =>
  Object.fromEntries(Object.entries(row).map(([field, value]) => [columnOf(table, field), value]));

/** Objects and arrays are stored as JSON; no column has an array type. */
const stored = (value: unknown): unknown =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : (value ?? null);

/**
 * Inserts new rows in one statement, each with its own id (UUIDv7), version 1 and its author, and returns them in their
 * order. With one author for each row the lists are of the same length.
 */
export async function insertRows<R extends RowBase>(
  tx: Tx,
  table: Table<R>,
  rows: readonly (FieldsOf<R> & { id?: string })[],
  author: Author | readonly Author[],
  now: string,
): Promise<R[]> {
  if (rows.length === 0) return [];
  const columns = fieldNames(table)
    .map((field) => columnOf(table, field))
    .join(', ');
  const stamped = rows.map((row, index) => {
    const { actor } = 'actor' in author ? author : (author[index] as Author);
    return {
      ...row,
      id: row.id ?? uuidv7(),
      tenant_id: tx.tenant,
      version: 1,
      created_at: now,
      updated_at: now,
      created_by: actor,
      updated_by: actor,
    };
  });
  const inserted = await refused(table, () =>
    tx.query<R>(
      `insert into ${table.meta.tableName} (${columns})
       select ${columns}
       from jsonb_populate_recordset(null::public.${table.meta.tableName}, $1::jsonb)
       returning ${columnsOf(table)}`,
      [JSON.stringify(stamped.map((row) => byColumn(table, row)))],
    ),
  );
  const byId = new Map(inserted.map((row) => [row.id, row]));
  return stamped.map(({ id }) => byId.get(id) as R);
}

export const insertRow = async <R extends RowBase>(
  tx: Tx,
  table: Table<R>,
  fields: FieldsOf<R> & { id?: string },
  author: Author,
  now: string,
): Promise<R> => {
  const [row] = await insertRows(tx, table, [fields], author, now);
  return row as R;
};

const UNIQUE_VIOLATION = '23505';
const FOREIGN_KEY_VIOLATION = '23503';
const EXCLUSION_VIOLATION = '23P01';
const CHECK_VIOLATION = '23514';

/**
 * The column that a constraint is about: the last one in the name that PostgreSQL gives it (line_tenant_id_code_key).
 * Its message says so too, but is cut short under row-level security.
 */
const fieldOf = (table: Table, constraint: string): string | undefined => {
  const named = constraint.replace(/_f?key$/, '');
  return fieldNames(table)
    .filter((column) => named.endsWith(`_${column}`))
    .toSorted((a, b) => b.length - a.length)[0];
};

/** Turns violations of a table's constraints into problems that name the field. */
const refused = async <T>(table: Table, write: () => Promise<T>): Promise<T> => {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
    if (error.code === EXCLUSION_VIOLATION)
      throw new Problem('overlap', `another ${nameOf(table)} covers part of this time: amend that one`);
    // The message of a table's own limit says how much is allowed and what to do.
    if (error.code === CHECK_VIOLATION && error.constraint?.endsWith('_limit'))
      throw new Problem('invalid', error.message);
    const field = fieldOf(table, error.constraint ?? '');
    if (field === undefined) throw error;
    if (error.code === UNIQUE_VIOLATION)
      throw new Problem('already_exists', `a ${nameOf(table)} with this ${field} exists already`, [
        { path: field, message: 'is taken' },
      ]);
    if (error.code === FOREIGN_KEY_VIOLATION) throw Problem.field(field, 'names nothing that exists');
    throw error;
  }
};

/**
 * Reads a row and locks it to the end of the transaction. Throws `not_found`, or `stale_version` when another version
 * was expected.
 */
export const lockRow = async <R extends RowBase>(
  tx: Tx,
  table: Table<R>,
  rowId: string,
  expectedVersion?: number,
): Promise<R> => {
  const [row] = await tx.query<R>(
    `select ${columnsOf(table)} from ${table.meta.tableName} where tenant_id = $1 and id = $2 for update`,
    [tx.tenant, rowId],
  );
  if (!row) throw notFound(table, rowId);
  if (expectedVersion !== undefined && expectedVersion !== row.version) {
    throw new Problem(
      'stale_version',
      `it is at version ${row.version} now, you last saw ${expectedVersion}: read it again`,
    );
  }
  return row;
};

/** Writes the changed fields of a locked row as its next version. */
export const updateRow = async <R extends RowBase>(
  tx: Tx,
  table: Table<R>,
  row: R,
  changes: Partial<FieldsOf<R>>,
  author: Author,
  now: string,
): Promise<R> => {
  const columns = Object.keys(changes);
  const sets = columns.map((column, at) => `${columnOf(table, column)} = $${at + 5}`);
  const rows = await refused(table, () =>
    tx.query<R>(
      `update ${table.meta.tableName}
       set ${['version = version + 1', 'updated_at = $3', 'updated_by = $4', ...sets].join(', ')}
       where tenant_id = $1 and id = $2
       returning ${columnsOf(table)}`,
      [
        tx.tenant,
        row.id,
        now,
        author.actor,
        ...columns.map((column) => stored(changes[column as keyof typeof changes])),
      ],
    ),
  );
  return rows[0] as R;
};

/** Reads one row by its id, if it is there. */
export const findRow = async <R extends RowBase>(tx: Tx, table: Table<R>, rowId: string): Promise<R | undefined> => {
  const [row] = await tx.query<R>(
    `select ${columnsOf(table)} from ${table.meta.tableName} where tenant_id = $1 and id = $2`,
    [tx.tenant, rowId],
  );
  return row;
};

/** Reads one row by its id; throws `not_found`. */
export const getRow = async <R extends RowBase>(tx: Tx, table: Table<R>, rowId: string): Promise<R> => {
  const row = await findRow(tx, table, rowId);
  if (row === undefined) throw notFound(table, rowId);
  return row;
};

const notFound = (table: Table, rowId: string) => new Problem('not_found', `there is no ${nameOf(table)} ${rowId}`);
const nameOf = (table: Table) => table.meta.tableName.replaceAll('_', ' ');
