/** How PostgreSQL's values arrive: as they are sent to clients, without a Date in between. */
import pg from 'pg';

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

/** Names of prepared statements, by their text. Those of lists depend on what a client asks, so they are fewer. */
const prepared = {
  own: { prefix: 's', most: 500, names: new Map<string, string>() },
  list: { prefix: 'l', most: 100, names: new Map<string, string>() },
};

type Statement = { text: string; values: unknown[]; types: typeof types; name?: string };

/** A statement that is prepared once per connection. Beyond a number of different texts it runs unprepared. */
export const statement = (text: string, values: readonly unknown[], kind: keyof typeof prepared = 'own'): Statement => {
  const { prefix, most, names } = prepared[kind];
  let name = names.get(text);
  if (name === undefined && names.size < most) names.set(text, (name = `${prefix}${names.size}`));
  return { text, values: [...values], types, ...(name === undefined ? {} : { name }) };
};
