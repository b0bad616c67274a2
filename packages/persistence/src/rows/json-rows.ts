/**
 * Rows as JSON text in the form that answers have: instants in UTC with milliseconds, numbers without trailing zeros.
 * PostgreSQL writes the text, and it reaches the client unread.
 */
import { raw, sql, type Sql } from '../database/sql.ts';
import type { Statements } from '../database/statement.ts';

const TIMESTAMPTZ = 1184;
const NUMERIC = 1700;
const INSTANT = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;

/** A column of a statement, with the OID of its type. */
export type Column = { readonly name: string; readonly type: number };
export type Describe = (statement: string) => Promise<readonly Column[]>;

/** What is read: `from` names its table as `t`, `select` the columns. */
export type Source = { readonly from: string; readonly select: string };

/** The columns of a source, converted. Each database is asked once for their types. */
export async function jsonColumns(
  { from, select }: Source,
  { jsonColumns: known }: Statements,
  describe: Describe,
): Promise<Sql> {
  const text = `select ${select} from ${from}`;
  const columns = known.get(text) ?? raw((await describe(text)).map(convert).join(', '));
  known.set(text, columns);
  return columns;
}

function convert({ name, type }: Column): string {
  if (type === TIMESTAMPTZ) return `to_char(r."${name}", ${INSTANT}) as "${name}"`;
  if (type === NUMERIC) return `trim_scale(r."${name}") as "${name}"`;
  return `r."${name}"`;
}

/** A statement that gives each row of `rows` as the text `json`, in their order, and `more` columns of the row `j`. */
export function asJson(columns: Sql, rows: Sql, more: Sql): Sql {
  return sql`
    select row_to_json(j)::text as json, ${more}
    from (select ${columns} from (${rows}) r) j`;
}
