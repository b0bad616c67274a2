/** A table of a service's own rows: its entity, and the type of its rows. */
import { defineEntity, p, type EntitySchema } from '@mikro-orm/core';

/** The columns that every row has. */
export type RowBase = {
  id: string;
  tenant_id: string;
  version: number;
  created_at: string;
  updated_at: string;
  created_by: string;
  updated_by: string;
};
/** The fields of a row that its writer gives. */
export type FieldsOf<R extends RowBase> = Omit<R, keyof RowBase>;

declare const rowOf: unique symbol;
/** An entity that knows the type of its rows, so that nobody who reads or writes one has to name it. */
export type Table<R extends RowBase = RowBase> = EntitySchema & { readonly [rowOf]: R };

const rowProperties = {
  id: p.uuid().primary(),
  tenant_id: p.text(),
  version: p.integer(),
  created_at: p.datetime(),
  updated_at: p.datetime(),
  created_by: p.text(),
  updated_by: p.text(),
};
/** The names of a table's fields. */
export const fieldNames = ({ meta }: Table): string[] => Object.keys(meta.properties);
/**
 * The column that stores a field. Mostly it has the field's name. A column that is too narrow is replaced by another one
 * (`fieldName`), because copies of the version before work on with the old one: a trigger keeps both, and rows that were
 * written before have the old one alone.
 */
export const columnOf = ({ meta }: Table, field: string): string =>
  (meta.properties as Record<string, { fieldName?: string }>)[field]?.fieldName ?? field;
/**
 * The fields of a table in a statement; with an alias as `t.id, t.tenant_id, …`. No statement asks for `*`: when a newer
 * version of the service adds a column, PostgreSQL refuses the prepared statements of the copies that still run.
 */
export const columnsOf = (of: Table, alias?: string): string => {
  const named = (column: string) => (alias === undefined ? column : `${alias}.${column}`);
  return fieldNames(of)
    .map((field) => {
      const column = columnOf(of, field);
      return column === field ? named(field) : `coalesce(${named(column)}, ${named(field)}) as ${field}`;
    })
    .join(', ');
};

/** One property (`p.text()` …) for each field. */
type Columns<R extends RowBase> = { readonly [Field in Exclude<keyof R, keyof RowBase>]: object };

/**
 * Declares a table by its name and the columns besides those that every row has.
 * The compiler checks that there is one column for each field of the row.
 */
export function table<R extends RowBase>() {
  return (tableName: string, columns: Columns<R>): Table<R> =>
    defineEntity({ name: tableName, tableName, properties: { ...rowProperties, ...columns } }) as unknown as Table<R>;
}
