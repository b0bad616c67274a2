import { Problem } from '@plantops/contracts';
import { sql, type Tx } from '@plantops/persistence';

const MOST_CONNECTIONS = 20;
/** Each message is compared with every mapping of its connection. */
const MOST_MAPPINGS = 500;

/** Throws `invalid` when the tenant has as many connections as it may have. Connections that are not active count too. */
export async function limitConnections(tx: Tx): Promise<void> {
  const [, [row]] = await Promise.all([
    tx.lock('connections'),
    tx.query<{ count: number }>(sql`select count(*)::integer as count from connection where tenant_id = ${tx.tenant}`),
  ]);
  if ((row?.count ?? 0) >= MOST_CONNECTIONS)
    throw new Problem('invalid', `a tenant has at most ${MOST_CONNECTIONS} connections: change one that is not used`);
}

/** Throws `invalid` when the connection has as many mappings as it may have. Mappings that are not active count too. */
export async function limitMappings(tx: Tx, connection: string): Promise<void> {
  const [, [row]] = await Promise.all([
    tx.lock(`mappings of ${connection}`),
    tx.query<{ count: number }>(sql`
      select count(*)::integer as count
      from mapping
      where tenant_id = ${tx.tenant} and connection_id = ${connection}`),
  ]);
  if ((row?.count ?? 0) >= MOST_MAPPINGS)
    throw new Problem('invalid', `a connection has at most ${MOST_MAPPINGS} mappings: change one that is not used`);
}
