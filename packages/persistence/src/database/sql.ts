/** SQL statements as they are written, and the values of their parameters. */

/** A statement, or a part of one. `text` has `$1`-style parameters. */
export class Sql {
  readonly text: string;
  readonly values: readonly unknown[];

  constructor(text: string, values: readonly unknown[] = []) {
    this.text = text;
    this.values = values;
  }
}

/**
 * Writes a statement: each `${value}` becomes a parameter, each `${part}` that is SQL itself stands as it is.
 * The text depends on the parts alone, so that a statement is prepared once per connection.
 */
export function sql(strings: TemplateStringsArray, ...parts: readonly unknown[]): Sql {
  const values: unknown[] = [];
  const shown = parts.map((part) => (part instanceof Sql ? renumbered(part, values) : `$${values.push(part)}`));
  return new Sql(String.raw({ raw: strings }, ...shown), values);
}

/** A part without parameters: names of tables and columns, constants. Never give it a text that came from outside. */
export function raw(text: string | number): Sql {
  return new Sql(String(text));
}

/** Parts with a text between them. */
export function join(parts: readonly Sql[], separator = ', '): Sql {
  const values: unknown[] = [];
  return new Sql(parts.map((part) => renumbered(part, values)).join(separator), values);
}

function renumbered(part: Sql, values: unknown[]): string {
  const before = values.length;
  values.push(...part.values);
  return part.text.replaceAll(/\$(\d+)/g, (_, number: string) => `$${before + Number(number)}`);
}

/**
 * Rows as a table that a statement can select from: one array a column, whose PostgreSQL type is named.
 * `from ${records('e', facts, { id: 'uuid', began: 'timestamptz' })}` gives the columns `e.id` and `e.began`.
 */
export function records<R extends object>(
  alias: string,
  rows: readonly R[],
  columns: { readonly [Column in keyof R & string]?: string },
): Sql {
  const names = Object.keys(columns) as (keyof R & string)[];
  const arrays = names.map((name) => sql`${rows.map((row) => row[name] ?? null)}::${raw(`${columns[name]}[]`)}`);
  return sql`unnest(${join(arrays)}) as ${raw(`${alias}(${names.join(', ')})`)}`;
}

/** The same with a column `place`, the row's number from 1, in the order of the rows. */
export function orderedRecords<R extends object>(
  alias: string,
  rows: readonly R[],
  columns: { readonly [Column in keyof R & string]?: string },
): Sql {
  const { text, values } = records(alias, rows, columns);
  return new Sql(text.replace(/\) as (\w+)\((.*)\)$/, ') with ordinality as $1($2, place)'), values);
}
