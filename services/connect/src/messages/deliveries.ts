import { orderedRecords, records, sql, type Tx } from '@plantops/persistence';
import type { Arrival } from '../mappings/map-message.rules.ts';
import type { Received } from './received.ts';

/** More than a broker has in flight: it delivers none of the others again. */
const MOST_DELIVERIES = 1_000;

type Delivery = Received & { readonly packetId: number; readonly fingerprint: string };
const COLUMNS = { packet_id: 'integer', fingerprint: 'text', at: 'timestamptz' } as const;

/**
 * Returns when each message arrived first, by packet id. A broker that got no acknowledgement delivers a message again
 * under the same packet id, and marks it as a duplicate.
 */
export async function arrivalsOf(
  tx: Tx,
  connection: string,
  deliveries: readonly Delivery[],
): Promise<Map<number, Arrival>> {
  if (deliveries.length === 0) return new Map();
  const rows = deliveries.map(({ packetId: packet_id, fingerprint, at }) => ({ packet_id, fingerprint, at }));
  const again = rows.filter((_, index) => deliveries[index]?.isDuplicate);
  const known = await tx.query<{ packet_id: number; at: string }>(sql`
    select d.packet_id, d.at
    from ${records('g', again, COLUMNS)}
    join delivery d using (packet_id, fingerprint)
    where d.tenant_id = ${tx.tenant} and d.connection_id = ${connection}`);
  const first = new Map(known.map(({ packet_id, at }) => [packet_id, at]));
  const fresh = rows.filter(({ packet_id }) => !first.has(packet_id));
  tx.send(sql`
    insert into delivery (tenant_id, connection_id, packet_id, fingerprint, at)
    select ${tx.tenant}, ${connection}, packet_id, fingerprint, at
    from ${orderedRecords('f', fresh, COLUMNS)}
    order by place
    on conflict (connection_id, packet_id) do update
    set fingerprint = excluded.fingerprint, at = excluded.at, number = default`);
  tx.send(sql`
    delete from delivery
    where tenant_id = ${tx.tenant} and connection_id = ${connection} and number <= (
      select number
      from delivery
      where tenant_id = ${tx.tenant} and connection_id = ${connection}
      order by number desc
      offset ${MOST_DELIVERIES}
      limit 1)`);
  return new Map(
    rows.map(({ packet_id, fingerprint, at }) => {
      const arrived = first.get(packet_id) ?? at;
      return [packet_id, { at: arrived, key: `${arrived} ${packet_id} ${fingerprint}` }];
    }),
  );
}
