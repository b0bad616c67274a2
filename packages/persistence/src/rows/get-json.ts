/** Reads one row for an answer: one statement, whose JSON text is passed on. */
import { JsonText, Problem } from '@plantops/contracts';
import type { Database } from '../database/database.ts';
import type { RowBase, Table } from '../database/table.ts';
import { jsonColumns } from './json-rows.ts';
import { viewOf, type View } from './list-page.ts';

/** Reads a row of a table or view by its id; throws `not_found`. `name` is what people call the row. */
export async function getJson<R extends { id: string }>(
  database: Database,
  tenant: string,
  source: Table<R & RowBase> | View<R>,
  name: string,
  id: string,
): Promise<JsonText<R>> {
  const text = await statementOf(database, tenant, viewOf(source));
  const row = await database.readRow<{ json: string; version: number }>(tenant, text, [id]);
  if (row === undefined) throw new Problem('not_found', `there is no ${name} ${id}`);
  return new JsonText(row.json, row.version);
}

type Source = { readonly from: string; readonly select: string };

/**
 * It sets the tenant (`$1`) for row-level security, and then reads the row with the id `$2`. The row is compared with
 * `scope.id`, and the limit keeps it a query of its own, so PostgreSQL cannot read it before the tenant is set.
 */
async function statementOf(database: Database, tenant: string, { from, select }: Source): Promise<string> {
  const key = `${select} from ${from}`;
  const known = database.statements.rowsById.get(key);
  if (known !== undefined) return known;
  const columns = await jsonColumns({ from, select }, database.statements, (text) =>
    database.transact(tenant, (tx) => tx.describe(text)),
  );
  const text = `
    select r.json, r.version
    from (select set_config('app.tenant_id', $1, true) as id offset 0) scope,
      lateral (
        select row_to_json(j)::text as json, j.version
        from (
          select ${columns.text}
          from (select ${select} from ${from} where t.tenant_id = scope.id and t.id = $2 limit 1) r
        ) j
      ) r`;
  database.statements.rowsById.set(key, text);
  return text;
}
