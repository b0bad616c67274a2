/** What both reports of a line system about a stop, its start and its end, have in common. */
import { Problem, type DowntimeRow } from '@plantops/contracts';
import { columnsOf, type Tx, type Verdict } from '@plantops/persistence';
import type { Stop } from './downtime.rules.ts';
import { Downtime } from './downtime.table.ts';
import { lockLine } from './refuse-overlap.ts';

/** What a report says of its stop besides its times; 'unknown' says nothing. */
export type Report = Partial<Omit<Stop, 'start_time' | 'end_time'>>;
/**
 * A stop under a line system's own reference, and what its start and its end reported, in whichever order they came.
 */
export type ReportedStop = {
  readonly stop: DowntimeRow;
  readonly started: Report | null;
  readonly ended: Report | null;
};

/** The stop with a line system's reference, locked; undefined if there is none yet. */
export const stopByReference = async (tx: Tx, lineId: string, reference: string): Promise<ReportedStop | undefined> => {
  await lockLine(tx, lineId);
  const [stop] = await tx.query<DowntimeRow>(
    `select ${columnsOf(Downtime)}
     from downtime
     where tenant_id = $1 and line_id = $2 and external_id = $3
     for update`,
    [tx.tenant, lineId, reference],
  );
  if (!stop) return undefined;
  const [report] = await tx.query<Pick<ReportedStop, 'started' | 'ended'>>(
    'select started, ended from reported_stop where tenant_id = $1 and downtime_id = $2',
    [tx.tenant, stop.id],
  );
  return { stop, started: null, ended: null, ...report };
};

/** Keeps what a stop's start or end reported, so that the other one does not overwrite it when it comes later. */
export const rememberReport = async (
  tx: Tx,
  { id }: DowntimeRow,
  by: 'started' | 'ended',
  report: Report,
): Promise<void> => {
  await tx.query(
    `insert into reported_stop (downtime_id, tenant_id, ${by})
     values ($2, $1, $3)
     on conflict (downtime_id) do update set ${by} = excluded.${by}`,
    [tx.tenant, id, JSON.stringify(report)],
  );
};

/** What the body of a report says about its stop, with the batch it names. */
export const reportedBy = async (
  tx: Tx,
  lineId: string,
  { reason_category, batch_number, ...rest }: Report & { batch_number?: string },
): Promise<Report> => ({
  ...sent(rest),
  ...(reason_category === undefined || reason_category === 'unknown' ? {} : { reason_category }),
  ...(batch_number === undefined ? {} : { batch_number, batch_id: await batchIdOf(tx, lineId, batch_number) }),
});

/** The batch by its number; null when it is not known yet (it is linked when it starts). */
const batchIdOf = async (tx: Tx, lineId: string, batchNumber: string): Promise<string | null> => {
  const [batch] = await tx.query<{ id: string }>(
    'select id from batch where tenant_id = $1 and line_id = $2 and batch_number = $3',
    [tx.tenant, lineId, batchNumber],
  );
  return batch?.id ?? null;
};

/** The fields that were sent. */
export const sent = <T extends object>(fields: T): Partial<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;

/** A report that the rules refuse becomes a listed rejection: its sender can correct it. It is not a failure. */
export const orRejected = async (apply: () => Promise<Verdict>): Promise<Verdict> => {
  try {
    return await apply();
  } catch (error) {
    if (error instanceof Problem) return { rejected: error.message };
    throw error;
  }
};
