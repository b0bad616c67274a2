import { MOST_LAST_MESSAGES } from '@plantops/contracts';
import { records, sql, type Tx } from '@plantops/persistence';
import type { Received } from './received.ts';

/** How much of a message is kept. */
const MOST_KEPT_BYTES = 16 * 1024;

export type LastMessage = {
  readonly topic: string;
  readonly received_at: string;
  readonly bytes: number;
  readonly payload: Buffer;
};

/** Keeps the last message of each topic, for dry runs: of the topics that had one last. */
export function keepLast(tx: Tx, connection: string, messages: readonly Received[]): void {
  const rows = [...new Map(messages.map((message) => [message.topic, message])).values()]
    .slice(-MOST_LAST_MESSAGES)
    .map(({ topic, payload, at }) => ({
      topic,
      received_at: at,
      bytes: payload.length,
      payload: payload.subarray(0, MOST_KEPT_BYTES).toString('base64'),
    }));
  const columns = { topic: 'text', received_at: 'timestamptz', bytes: 'integer', payload: 'text' };
  tx.send(sql`
    insert into last_message (tenant_id, connection_id, topic, received_at, bytes, payload)
    select ${tx.tenant}, ${connection}, topic, received_at, bytes, decode(payload, 'base64')
    from ${records('m', rows, columns)}
    on conflict (connection_id, topic) do update
    set received_at = excluded.received_at, bytes = excluded.bytes, payload = excluded.payload`);
  tx.send(sql`
    delete from last_message
    where tenant_id = ${tx.tenant} and connection_id = ${connection} and topic in (
      select topic
      from last_message
      where tenant_id = ${tx.tenant} and connection_id = ${connection}
      order by received_at desc, topic
      offset ${MOST_LAST_MESSAGES})`);
}

/** The last message of each topic, the newest first. */
export async function lastMessages(tx: Tx, connection: string): Promise<LastMessage[]> {
  const rows = await tx.query<Omit<LastMessage, 'payload'> & { payload: string }>(sql`
    select topic, received_at, bytes, encode(payload, 'base64') as payload
    from last_message
    where tenant_id = ${tx.tenant} and connection_id = ${connection}
    order by received_at desc, topic`);
  return rows.map((row) => ({ ...row, payload: Buffer.from(row.payload, 'base64') }));
}
