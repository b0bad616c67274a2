import { records, sql, type Tx } from '@plantops/persistence';
import type { Node } from './sparkplug.rules.ts';

/** Edge nodes of a connection that are known, by their name group/node. */
export type Nodes = ReadonlyMap<string, Node>;

/** The edge nodes of a connection whose state is stored. */
const MOST_NODES = 1_000;

/** Reads the nodes that are named. */
export async function loadNodes(tx: Tx, connection: string, named: readonly string[]): Promise<Nodes> {
  if (named.length === 0) return new Map();
  const rows = await tx.query<Node & { node: string }>(sql`
    select node, seq, birth_seq as "birthSeq", is_online as "isOnline", devices, names
    from sparkplug_node
    where tenant_id = ${tx.tenant} and connection_id = ${connection} and node = any(${named})`);
  return new Map(rows.map(({ node, ...state }) => [node, state]));
}

/** Stores the nodes that changed. Names are written when a birth has changed them: a node may have thousands. */
export function storeNodes(tx: Tx, connection: string, before: Nodes, after: Nodes): void {
  const changed = [...after].filter(([name, node]) => before.get(name) !== node);
  if (changed.length === 0) return;
  const rows = changed.map(([node, { seq, birthSeq, isOnline, devices, names }]) => ({
    node,
    seq,
    birth_seq: birthSeq,
    is_online: isOnline,
    devices: JSON.stringify(devices),
    names: before.get(node)?.names === names ? null : JSON.stringify(names),
  }));
  const columns = {
    node: 'text',
    seq: 'integer',
    birth_seq: 'bigint',
    is_online: 'boolean',
    devices: 'jsonb',
    names: 'jsonb',
  };
  tx.send(sql`
    insert into sparkplug_node as n (tenant_id, connection_id, node, seq, birth_seq, is_online, devices, names)
    select ${tx.tenant}, ${connection}, node, seq, birth_seq, is_online, devices, coalesce(names, '{}')
    from ${records('c', rows, columns)}
    where exists (
      select from sparkplug_node k where k.connection_id = ${connection} and k.node = c.node)
      or (select count(*) from sparkplug_node k where k.connection_id = ${connection}) < ${MOST_NODES}
    on conflict (connection_id, node) do update
    set seq = excluded.seq, birth_seq = excluded.birth_seq, is_online = excluded.is_online, devices = excluded.devices,
      names = case when excluded.names = '{}' then n.names else excluded.names end`);
}
