/** Messages that may end the process which applies them: noted before they are begun, forgotten when the process has outlived it. */
import type { Database } from '../database/database.ts';
import { EVERY_TENANT } from '../database/tx.ts';

/** A message of a stream. */
export type Message = { readonly subject: string; readonly payload: string; readonly stream: string; readonly seq: number };

/** The tenant is the third token of every subject that is consumed. */
export const tenantOf = (subject: string): string => subject.split('.')[2] ?? '';

const keys = (messages: readonly Message[]) => [
  messages.map(({ subject }) => tenantOf(subject)),
  messages.map(({ stream }) => stream),
  messages.map(({ seq }) => seq),
];
const THESE = 'unnest($1::text[], $2::text[], $3::bigint[]) as m(tenant_id, stream, stream_seq)';
const IS_ONE = '(b.tenant_id, b.stream, b.stream_seq) = (m.tenant_id, m.stream, m.stream_seq)';

export const begunMessages = (database: Database) => ({
  /** How often each was begun since the last process that outlived it. */
  begunBefore: (messages: readonly Message[]): Promise<number[]> =>
    database.transact(EVERY_TENANT, async (tx) => {
      const noted = await tx.query<{ stream: string; stream_seq: number; begun: number }>(
        `select b.stream, b.stream_seq, b.begun from begun_message b join ${THESE} on ${IS_ONE}`,
        keys(messages),
      );
      const begun = new Map(noted.map((one) => [`${one.stream} ${one.stream_seq}`, one.begun]));
      return messages.map(({ stream, seq }) => begun.get(`${stream} ${seq}`) ?? 0);
    }),
  /** Notes that they are about to be applied. */
  begin: (messages: readonly Message[]): Promise<void> =>
    database.transact(EVERY_TENANT, async (tx) => {
      await tx.query(
        `insert into begun_message as b (tenant_id, stream, stream_seq, begun) select distinct m.*, 1 from ${THESE}
           on conflict (tenant_id, stream, stream_seq) do update set begun = b.begun + 1`,
        keys(messages),
      );
    }),
  end: (messages: readonly Message[]): Promise<void> =>
    database.transact(EVERY_TENANT, async (tx) => {
      await tx.query(`delete from begun_message b using ${THESE} where ${IS_ONE}`, keys(messages));
    }),
});
