/** The common parts of the floor's processes: their connections, and their end with the bench. */
import { connect, type NatsConnection } from 'nats';
import pg from 'pg';

/** Connections to the database of one process. */
const MOST_CONNECTIONS = 10;
const JSON_OID = 114;
// The text of PostgreSQL is passed on: nobody here reads it.
pg.types.setTypeParser(JSON_OID, (text: string) => text);

export const variable = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
};

export const connectNats = (): Promise<NatsConnection> =>
  connect({
    servers: variable('FLOOR_NATS'),
    user: variable('FLOOR_USER'),
    pass: variable('FLOOR_PASSWORD'),
    noAsyncTraces: true,
  });

/** Runs a statement that PostgreSQL prepares once for each connection. */
export type Run = (name: string, text: string, values: readonly unknown[]) => Promise<pg.QueryResult<{ json: string }>>;
export function openDatabase(): Run {
  const pool = new pg.Pool({ connectionString: variable('FLOOR_DATABASE_URL'), max: MOST_CONNECTIONS });
  return (name, text, values) => pool.query({ name, text, values: [...values] });
}

/** Says that this process serves. It ends when the bench does. */
export function ready(): void {
  process.once('disconnect', () => process.exit());
  process.send?.('ready');
}
