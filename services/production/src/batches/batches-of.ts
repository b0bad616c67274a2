import type { Tx } from '@plantops/persistence';

type Known = { id: string; line_id: string; batch_number: string; product_id: string | null; is_cut: boolean };

/**
 * Looks up the batches that units name, in one statement. A batch that has not started yet links its units when it
 * does.
 */
export const batchesOf = async (
  tx: Tx,
  named: readonly { line_id: string; batch_number: string | undefined }[],
): Promise<(lineId: string, batchNumber: string | undefined) => Known | undefined> => {
  const wanted = named.filter(({ batch_number }) => batch_number !== undefined);
  const rows =
    wanted.length === 0
      ? []
      : await tx.query<Known>(
          `select id, line_id, batch_number, product_id, cut_at is not null as is_cut
           from batch
           where tenant_id = $1 and status <> 'planned'
             and (line_id, batch_number) in (select * from unnest($2::uuid[], $3::text[]))`,
          [tx.tenant, wanted.map(({ line_id }) => line_id), wanted.map(({ batch_number }) => batch_number)],
        );
  const byKey = new Map(rows.map((batch) => [`${batch.line_id}/${batch.batch_number}`, batch]));
  return (lineId, batchNumber) => byKey.get(`${lineId}/${batchNumber}`);
};
