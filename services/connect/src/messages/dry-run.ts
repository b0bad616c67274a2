import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { getRow, sql, type Tx } from '@plantops/persistence';
import { Connection } from '../connections/connection.table.ts';
import { checkMapping } from '../mappings/check-mapping.rules.ts';
import type { Mapping } from '../mappings/map-message.rules.ts';
import { loadNodes } from '../sparkplug/nodes.ts';
import { addressOf, type Node } from '../sparkplug/sparkplug.rules.ts';
import { lastMessages } from './last-messages.ts';
import { readMessages } from './read-messages.ts';

/** Below the limit of an answer: what would be beyond it is left out, the oldest messages first. */
const MOST_SHOWN_BYTES = 512 * 1024;

/** A mapping that is tried has no id yet. */
const TRIED = '00000000-0000-7000-8000-000000000000';

/** The mappings of a connection that are in force. */
export function mappingsOf(tx: Tx, connection: string): Promise<Mapping[]> {
  return tx.query<Mapping>(sql`
    select id, topic, format, metric, kind, line, fields
    from mapping
    where connection_id = ${connection} and is_active
    order by created_at, id`);
}

export const dryRun = command(contracts.dryRun, () => async ({ id, mapping }, { tx }) => {
  if (mapping !== undefined) checkMapping(mapping);
  const { code } = await getRow(tx, Connection, id);
  const mappings = mapping === undefined ? await mappingsOf(tx, id) : [{ ...mapping, id: TRIED }];
  const messages = await lastMessages(tx, id);
  const names = [...new Set(messages.flatMap(({ topic }) => addressOf(topic)?.node ?? []))];
  const nodes = await loadNodes(tx, id, names);
  const items = [];
  let shown = 0;
  for (const { topic, received_at, bytes, payload } of messages) {
    const received = { topic, payload, packetId: null, isDuplicate: false, isRetained: false, at: received_at };
    const { read } = await readMessages({ code, mappings }, [received], {
      arrivals: new Map(),
      nodes: asBefore(nodes),
    });
    const outcomes = read.flatMap((one) => one.outcomes);
    const cut =
      bytes > payload.length ? [`only its first ${payload.length} bytes are kept: the rest was not looked at`] : [];
    const item = {
      topic,
      received_at,
      bytes,
      payload: payload.toString('utf8').replaceAll('\0', '').slice(0, contracts.SHOWN_CHARACTERS),
      events: outcomes.flatMap((outcome) =>
        outcome.ok ? [{ line_code: outcome.line, kind: outcome.kind, body: outcome.body as never }] : [],
      ),
      reasons: [...outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.reason])), ...cut],
    };
    shown += Buffer.byteLength(JSON.stringify(item));
    if (shown > MOST_SHOWN_BYTES) break;
    items.push(item);
  }
  return { items };
});

/** The nodes as they were when the messages came: online, wherever they are now. */
function asBefore(nodes: ReadonlyMap<string, Node>): Map<string, Node> {
  return new Map(
    [...nodes].map(([name, node]) => {
      const devices = Object.fromEntries(Object.keys(node.devices).map((device) => [device, true]));
      return [name, { ...node, isOnline: true, devices }];
    }),
  );
}
