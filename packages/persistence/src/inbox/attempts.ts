/**
 * Counts how often a message was attempted by processes that ended: a message that crashes its consumer is found by it.
 */
import type { Database } from '../database/database.ts';
import { records, sql, type Sql } from '../database/sql.ts';
import { EVERY_TENANT } from '../database/tx.ts';

/** A message of a stream. */
export type Message = {
  readonly subject: string;
  readonly payload: string;
  readonly stream: string;
  readonly seq: number;
};

/** The tenant is the third token of every subject that is consumed. */
export function tenantOf(subject: string): string {
  return subject.split('.')[2] ?? '';
}

const keysOf = (messages: readonly Message[]): Sql =>
  records(
    'm',
    messages.map(({ subject, stream, seq }) => ({ tenant_id: tenantOf(subject), stream, stream_seq: seq })),
    { tenant_id: 'text', stream: 'text', stream_seq: 'bigint' },
  );
const IS_SAME = sql`(a.tenant_id, a.stream, a.stream_seq) = (m.tenant_id, m.stream, m.stream_seq)`;

export const attempts = (database: Database) => ({
  attemptsOf: (messages: readonly Message[]): Promise<number[]> =>
    database.transact(EVERY_TENANT, async (tx) => {
      const rows = await tx.query<{ stream: string; stream_seq: number; begun: number }>(sql`
        select a.stream, a.stream_seq, a.begun
        from begun_message a
        join ${keysOf(messages)} on ${IS_SAME}`);
      const counts = new Map(rows.map(({ stream, stream_seq, begun }) => [`${stream} ${stream_seq}`, begun]));
      return messages.map(({ stream, seq }) => counts.get(`${stream} ${seq}`) ?? 0);
    }),
  beginAttempt: (messages: readonly Message[]): Promise<void> =>
    database.transact(EVERY_TENANT, async (tx) => {
      await tx.query(sql`
        insert into begun_message as a (tenant_id, stream, stream_seq, begun)
        select distinct tenant_id, stream, stream_seq, 1
        from ${keysOf(messages)}
        on conflict (tenant_id, stream, stream_seq) do update set begun = a.begun + 1`);
    }),
  endAttempt: (messages: readonly Message[]): Promise<void> =>
    database.transact(EVERY_TENANT, async (tx) => {
      await tx.query(sql`delete from begun_message a using ${keysOf(messages)} where ${IS_SAME}`);
    }),
});
