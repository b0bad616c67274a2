/** How PostgreSQL's values arrive: as they are sent to clients, without a Date in between. */
import pg from 'pg';
import type { Sql } from './sql.ts';

const TIMESTAMPTZ = 1184;
const NUMERIC = 1700;
const BIGINT = 20;
const DATE = 1082;

/** `2026-11-22 08:00:00.5+00` as `2026-11-22T08:00:00.500Z`. */
const instantOf = (text: string): string => {
  const utc = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,3})\d*)?\+00$/.exec(text);
  return utc ? `${utc[1]}T${utc[2]}.${(utc[3] ?? '').padEnd(3, '0')}Z` : new Date(text).toISOString();
};

const parsers: Record<number, (text: string) => unknown> = {
  [TIMESTAMPTZ]: instantOf,
  // As numbers. A statement that needs every digit selects text.
  [NUMERIC]: Number,
  [BIGINT]: Number,
  [DATE]: (text) => text,
};

const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary'): unknown =>
    parsers[oid] ?? pg.types.getTypeParser(oid, format),
};

type Statement = { text: string; values: unknown[]; types: typeof types; name?: string };
type Kind = 'own' | 'list';

/** Statements that are prepared. Those of lists depend on what a client asks, so they are fewer. */
const MOST: Record<Kind, number> = { own: 500, list: 100 };

/**
 * What is known about the statements of one database. Services in one process have tables with the same names and
 * different columns, and each prepares statements of its own.
 */
export class Statements {
  readonly #names: Record<Kind, Map<string, string>> = { own: new Map(), list: new Map() };
  /** The columns of a source as JSON, by its text (`json-rows.ts`). Sources are constants of the code, so they are few. */
  readonly jsonColumns = new Map<string, Sql>();
  /** The statements that read one row, by their source (`get-json.ts`). */
  readonly rowsById = new Map<string, string>();

  /** A statement that is prepared once per connection. Beyond a number of different texts it runs unprepared. */
  named(text: string, values: readonly unknown[], kind: Kind = 'own'): Statement {
    const names = this.#names[kind];
    let name = names.get(text);
    if (name === undefined && names.size < MOST[kind]) names.set(text, (name = `${kind[0]}${names.size}`));
    return { text, values: [...values], types, ...(name === undefined ? {} : { name }) };
  }
}
