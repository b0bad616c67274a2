import type { Work } from '@plantops/backbone';
import { sql } from '@plantops/persistence';

/** The local copy of an announced batch, if the batch has started. */
export async function copiedBatch(id: string, { tx }: Work): Promise<{ line_id: string } | undefined> {
  const [batch] = await tx.query<{ line_id: string }>(sql`
    select line_id from batch where tenant_id = ${tx.tenant} and id = ${id}`);
  return batch;
}
