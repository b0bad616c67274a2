/** What the stops that line systems report have in common. */
import { Problem, type DowntimeRow } from '@plantops/contracts';
import type { Tx, Verdict } from '@plantops/persistence';
import type { Stop } from './downtime.rules.ts';
import { lockLine } from './refuse-overlap.ts';

/** What a report says of its stop besides its times; 'unknown' says nothing. */
export type Told = Partial<Omit<Stop, 'start_time' | 'end_time'>>;
/** A stop under a line system's own reference, and what its start and its end have told, whichever came first. */
export type ReportedStop = { readonly stop: DowntimeRow; readonly started: Told | null; readonly ended: Told | null };

/** The stop that a line system means by its own reference, locked; undefined when there is none yet. */
export const stopByReference = async (tx: Tx, lineId: string, reference: string): Promise<ReportedStop | undefined> => {
  await lockLine(tx, lineId);
  const [stop] = await tx.query<DowntimeRow>(
    'select * from downtime where tenant_id = $1 and line_id = $2 and external_id = $3 for update',
    [tx.tenant, lineId, reference],
  );
  if (!stop) return undefined;
  const [told] = await tx.query<Pick<ReportedStop, 'started' | 'ended'>>(
    'select started, ended from reported_stop where tenant_id = $1 and downtime_id = $2',
    [tx.tenant, stop.id],
  );
  return { stop, started: null, ended: null, ...told };
};

/** Keeps what a stop's start or end has told, so that the other one, when it comes, does not overrule it by mistake. */
export const rememberTold = async (tx: Tx, { id }: DowntimeRow, by: 'started' | 'ended', told: Told): Promise<void> => {
  await tx.query(
    `insert into reported_stop (downtime_id, tenant_id, ${by}) values ($2, $1, $3) on conflict (downtime_id) do update set ${by} = excluded.${by}`,
    [tx.tenant, id, JSON.stringify(told)],
  );
};

/** What a report's body tells of its stop, with the batch that it names. */
export const toldBy = async (
  tx: Tx,
  lineId: string,
  { reason_category, batch_number, ...rest }: Told & { batch_number?: string },
): Promise<Told> => ({
  ...sent(rest),
  ...(reason_category === undefined || reason_category === 'unknown' ? {} : { reason_category }),
  ...(batch_number === undefined ? {} : { batch_number, batch_id: await batchIdOf(tx, lineId, batch_number) }),
});

/** The batch by its number; null when it is not known yet (it is linked when it starts). */
const batchIdOf = async (tx: Tx, lineId: string, batchNumber: string): Promise<string | null> => {
  const [batch] = await tx.query<{ id: string }>('select id from batch where tenant_id = $1 and line_id = $2 and batch_number = $3', [
    tx.tenant,
    lineId,
    batchNumber,
  ]);
  return batch?.id ?? null;
};

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
