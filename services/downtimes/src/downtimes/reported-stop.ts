/** What the stops that line systems report have in common. */
import { Problem, type DowntimeRow, type LineEvent } from '@plantops/contracts';
import type { Tx, Verdict } from '@plantops/persistence';
import { lockLine } from './refuse-overlap.ts';

/** The stop that a line system means by its own reference, locked; undefined when there is none yet. */
export const stopByReference = async (tx: Tx, lineId: string, reference: string): Promise<DowntimeRow | undefined> => {
  await lockLine(tx, lineId);
  const [row] = await tx.query<DowntimeRow>(
    'select * from downtime where tenant_id = $1 and line_id = $2 and external_id = $3 for update',
    [tx.tenant, lineId, reference],
  );
  return row;
};

/** The batch by its number; null when it is not known yet (it is linked when it starts). */
export const batchIdOf = async (tx: Tx, lineId: string, batchNumber: string | undefined): Promise<string | null> => {
  if (batchNumber === undefined) return null;
  const [batch] = await tx.query<{ id: string }>('select id from batch where tenant_id = $1 and line_id = $2 and batch_number = $3', [
    tx.tenant,
    lineId,
    batchNumber,
  ]);
  return batch?.id ?? null;
};

/** Who stands behind a line event: the source it names, else the line itself. */
export const lineSystem = ({ body, line }: LineEvent): { actor: string } => ({ actor: `line:${body.source ?? line}` });

/** Fields of a body that were sent. */
export const sent = <T extends object>(fields: T): Partial<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;

/** What the rules refuse is the sender's to mend: a listed rejection, not a failure. */
export const orRejected = async (apply: () => Promise<Verdict>): Promise<Verdict> => {
  try {
    return await apply();
  } catch (error) {
    if (error instanceof Problem) return { rejected: error.message };
    throw error;
  }
};
