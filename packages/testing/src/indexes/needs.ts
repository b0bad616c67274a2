/** What needs an index: the rule that it holds (a key, no overlap), or the query that reads it. */
import type { Database, Tx } from '@plantops/persistence';
import { systemClock, type Answer, type Call } from '@plantops/service-kit';

export const HOLDS = 'holds a rule';
/** Runs a query of the service. */
export type Reads = (database: Database) => Promise<unknown>;
/**
 * The tables by their names: the indexes of each with what needs them, and a statement that fills it with so many rows
 * that the planner has reason to use them.
 */
export type DeclaredTables = Readonly<
  Record<string, { readonly rows?: string; readonly indexes: Readonly<Record<string, typeof HOLDS | Reads>> }>
>;

/** The tenant whose rows the queries read. */
export const TENANT = 'akron';

/** A query as the service answers it. `deps` are its dependencies besides the database and the clock. */
export const asks =
  (useCase: (deps: never) => Answer, input: object = {}, deps: object = {}): Reads =>
  (database) => {
    const { operation, handler } = useCase({ database, now: systemClock, ...deps } as never);
    return handler({ operation, body: JSON.stringify(input), call: callOf(TENANT) });
  };

/** What the service does in a transaction of the tenant. */
export const reads =
  (read: (tx: Tx) => Promise<unknown>): Reads =>
  (database) =>
    database.transact(TENANT, read);

const callOf = (tenant: string): Call => ({
  tenant,
  actor: `admin@${tenant}`,
  roles: ['admin'],
  deadline: Date.now() + 10_000,
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
});
