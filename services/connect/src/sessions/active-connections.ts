import { rowsOfEveryTenant, sql, type Database } from '@plantops/persistence';

/** Which version of a connection a session has, and of its mappings: their versions added up. */
export type Active = {
  readonly id: string;
  readonly tenant_id: string;
  readonly version: number;
  readonly mapped: number;
};

/** The active connections of all tenants. */
export function activeConnections(database: Database): Promise<Active[]> {
  return rowsOfEveryTenant<Active>(
    database,
    sql`
      select c.id, c.tenant_id, c.version,
        (select coalesce(sum(m.version), 0)
         from mapping m
         where m.tenant_id = c.tenant_id and m.connection_id = c.id)::integer as mapped
      from connection c
      where c.is_active`,
  );
}
