import { connectionLost, connectionUpdated, type CloudEvent, type EntityRows } from '@plantops/contracts';
import { records, sql, type Tx } from '@plantops/persistence';

type Connection = EntityRows['connection'];
type LineReport = Extract<Connection, { device: string }>;
const isReport = (event: CloudEvent<Connection>): event is CloudEvent<LineReport> => 'device' in event.data;

/** What a tenant's brokers name beyond that is not kept: it is missed by nobody. */
const MOST_DEVICES = 10_000;

const KEPT = {
  connection_id: 'uuid',
  line_code: 'text',
  device: 'text',
  is_lost: 'boolean',
  at: 'timestamptz',
  reason: 'text',
} as const;

/**
 * Devices that report for lines are away or back: keeps the last word about each. Of a connection that is not used any
 * more none is missed.
 */
export const onConnections =
  () =>
  async (events: readonly CloudEvent<Connection>[], tx: Tx): Promise<void> => {
    const reports = events.filter(isReport).map(({ type, data: { id: connection_id, ...report } }) => ({
      ...report,
      connection_id,
      is_lost: type === connectionLost.type,
    }));
    const last = new Map(
      reports
        .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
        .map((report) => [`${report.connection_id} ${report.line_code} ${report.device}`, report]),
    );
    if (last.size > 0)
      await tx.query(sql`
        insert into line_device as d (tenant_id, connection_id, line_code, device, is_lost, at, reason)
        select ${tx.tenant}, k.*
        from ${records('k', [...last.values()], KEPT)}
        where exists (
            select from line_device o
            where o.tenant_id = ${tx.tenant} and o.connection_id = k.connection_id and o.line_code = k.line_code
              and o.device = k.device)
          or (select count(*) from line_device o where o.tenant_id = ${tx.tenant}) < ${MOST_DEVICES}
        on conflict (tenant_id, connection_id, line_code, device) do update
        set is_lost = excluded.is_lost, at = excluded.at, reason = excluded.reason
        where excluded.at >= d.at`);
    const unused = events.flatMap(({ type, data }) =>
      type === connectionUpdated.type && 'is_active' in data && !data.is_active ? [data.id] : [],
    );
    if (unused.length > 0)
      await tx.query(sql`
        delete from line_device where tenant_id = ${tx.tenant} and connection_id = any(${unused}::uuid[])`);
  };
