import type { BatchRow } from '@plantops/contracts';
import { columnsOf, type Tx } from '@plantops/persistence';
import { Batch } from './batch.table.ts';

/** The batch with a number from a line system, locked; undefined if there is none yet. */
export const batchByNumber = async (tx: Tx, lineId: string, batchNumber: string): Promise<BatchRow | undefined> => {
  const [batch] = await tx.query<BatchRow>(
    `select ${columnsOf(Batch)}
     from batch
     where tenant_id = $1 and line_id = $2 and batch_number = $3
     for update`,
    [tx.tenant, lineId, batchNumber],
  );
  return batch;
};
