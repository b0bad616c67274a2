import type { Tx } from '@plantops/persistence';

/** The lines of a plant, for lists whose rows have a line; undefined if no plant is given. */
export const linesOfPlant = async (tx: Tx, plantId: string | undefined): Promise<string[] | undefined> => {
  if (plantId === undefined) return undefined;
  const rows = await tx.query<{ id: string }>('select id from line where tenant_id = $1 and plant_id = $2', [
    tx.tenant,
    plantId,
  ]);
  return rows.map(({ id }) => id);
};
