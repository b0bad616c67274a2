import type { Database } from '@plantops/persistence';

/** A batch as it was announced, if it has started: then nobody need be asked. */
export const knownBatch = async (database: Database, tenant: string, id: string): Promise<{ line_id: string } | undefined> => {
  const [batch] = await database.transact(tenant, (tx) =>
    tx.query<{ line_id: string }>('select line_id from batch where tenant_id = $1 and id = $2', [tx.tenant, id]),
  );
  return batch;
};
