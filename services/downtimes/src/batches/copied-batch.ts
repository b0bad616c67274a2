import type { Work } from '@plantops/backbone';

/** The local copy of an announced batch, if the batch has started. */
export async function copiedBatch(id: string, { tx }: Work): Promise<{ line_id: string } | undefined> {
  const [batch] = await tx.query<{ line_id: string }>('select line_id from batch where tenant_id = $1 and id = $2', [tx.tenant, id]);
  return batch;
}
