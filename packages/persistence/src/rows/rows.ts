/** One-row commands as prepared statements, their columns taken from the entity: insert, lock, update under a version. */
import type { EntitySchema } from '@mikro-orm/postgresql';
import { Problem } from '@plantops/contracts';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import type { Tx } from '../database/tx.ts';

/** Who changes a row, and the version they last saw, if they said. */
export type Author = { readonly actor: string; readonly expectedVersion?: number };
type RowBase = {
  id: string;
  tenant_id: string;
  version: number;
  created_at: string;
  updated_at: string;
  created_by: string;
  updated_by: string;
};
type Stamped = keyof RowBase;

const columnsOf = (entity: EntitySchema): string[] => Object.keys(entity.meta.properties);
/** Objects and arrays are kept as JSON; no column is of an array type. */
const stored = (value: unknown): unknown => (typeof value === 'object' && value !== null ? JSON.stringify(value) : (value ?? null));

/** Inserts new rows, each with its own id (UUIDv7), version 1 and their author, in one statement. */
export const insertRows = async <R extends RowBase>(
  tx: Tx,
  entity: EntitySchema,
  rows: readonly (Omit<R, Stamped> & { id?: string })[],
  author: Author,
  now: string,
): Promise<R[]> => {
  if (rows.length === 0) return [];
  const stamp = { tenant_id: tx.tenant, version: 1, created_at: now, updated_at: now, created_by: author.actor, updated_by: author.actor };
  const columns = columnsOf(entity).join(', ');
  return refused(entity, () =>
    tx.query<R>(
      `insert into ${entity.meta.tableName} (${columns}) select ${columns} from jsonb_populate_recordset(null::public.${entity.meta.tableName}, $1::jsonb) returning *`,
      [JSON.stringify(rows.map((row) => ({ ...row, id: row.id ?? uuidv7(), ...stamp })))],
    ),
  );
};

export const insertRow = async <R extends RowBase>(
  tx: Tx,
  entity: EntitySchema,
  fields: Omit<R, Stamped> & { id?: string },
  author: Author,
  now: string,
): Promise<R> => {
  const [row] = await insertRows<R>(tx, entity, [fields], author, now);
  return row as R;
};

const UNIQUE_VIOLATION = '23505';
const FOREIGN_KEY_VIOLATION = '23503';
const EXCLUSION_VIOLATION = '23P01';
const CHECK_VIOLATION = '23514';

/**
 * The column that a constraint is about: the last one in the name that PostgreSQL gives it (line_tenant_id_code_key).
 * Its message would say so too, but is cut short where row level security applies.
 */
const fieldOf = (entity: EntitySchema, constraint: string): string | undefined => {
  const named = constraint.replace(/_f?key$/, '');
  return columnsOf(entity)
    .filter((column) => named.endsWith(`_${column}`))
    .toSorted((a, b) => b.length - a.length)[0];
};

/** What the tables' own constraints refuse, in words that name the field. */
const refused = async <T>(entity: EntitySchema, write: () => Promise<T>): Promise<T> => {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
    if (error.code === EXCLUSION_VIOLATION)
      throw new Problem('overlap', `another ${nameOf(entity)} covers part of this time: amend that one`);
    // A limit of the tables' own says in its message how much it is and what to do.
    if (error.code === CHECK_VIOLATION && error.constraint?.endsWith('_limit')) throw new Problem('invalid', error.message);
    const field = fieldOf(entity, error.constraint ?? '');
    if (field === undefined) throw error;
    if (error.code === UNIQUE_VIOLATION)
      throw new Problem('already_exists', `a ${nameOf(entity)} with this ${field} exists already`, [{ path: field, message: 'is taken' }]);
    if (error.code === FOREIGN_KEY_VIOLATION) throw Problem.field(field, 'names nothing that exists');
    throw error;
  }
};

/** Reads a row and keeps other writers away from it to the end of the transaction. */
export const lockRow = async <R extends RowBase>(tx: Tx, entity: EntitySchema, rowId: string, expectedVersion?: number): Promise<R> => {
  const [row] = await tx.query<R>(`select * from ${entity.meta.tableName} where tenant_id = $1 and id = $2 for update`, [tx.tenant, rowId]);
  if (!row) throw notFound(entity, rowId);
  if (expectedVersion !== undefined && expectedVersion !== row.version) {
    throw new Problem('stale_version', `it is at version ${row.version} now, you last saw ${expectedVersion}: read it again`);
  }
  return row;
};

/** Writes the changed fields of a locked row, one version on. */
export const updateRow = async <R extends RowBase>(
  tx: Tx,
  entity: EntitySchema,
  row: R,
  changes: Partial<Omit<R, Stamped>>,
  author: Author,
  now: string,
): Promise<R> => {
  const columns = Object.keys(changes);
  const sets = columns.map((column, at) => `${column} = $${at + 5}`);
  const rows = await refused(entity, () =>
    tx.query<R>(
      `update ${entity.meta.tableName} set ${['version = version + 1', 'updated_at = $3', 'updated_by = $4', ...sets].join(', ')} where tenant_id = $1 and id = $2 returning *`,
      [tx.tenant, row.id, now, author.actor, ...columns.map((column) => stored(changes[column as keyof typeof changes]))],
    ),
  );
  return rows[0] as R;
};

/** Reads one row by its id, if it is there. */
export const findRow = async <R>(tx: Tx, entity: EntitySchema, rowId: string): Promise<R | undefined> => {
  const [row] = await tx.query<R>(`select * from ${entity.meta.tableName} where tenant_id = $1 and id = $2`, [tx.tenant, rowId]);
  return row;
};

/** Reads one row by its id, or refuses with `not_found`. */
export const getRow = async <R>(tx: Tx, entity: EntitySchema, rowId: string): Promise<R> => {
  const row = await findRow<R>(tx, entity, rowId);
  if (row === undefined) throw notFound(entity, rowId);
  return row;
};

const notFound = (entity: EntitySchema, rowId: string) => new Problem('not_found', `there is no ${nameOf(entity)} ${rowId}`);
const nameOf = (entity: EntitySchema) => entity.meta.tableName.replaceAll('_', ' ');
