/** The transaction of a chunk of messages, before their line events are published and they are acknowledged. */
import * as contracts from '@plantops/contracts';
import { ingestSubject } from '@plantops/contracts';
import { announce, announcement, rejectMessages, sql, type Database, type Tx } from '@plantops/persistence';
import type { Outgoing } from '@plantops/service-kit';
import { v5 as uuidv5 } from 'uuid';
import type { Outcome } from '../mappings/map-message.rules.ts';
import { matches } from '../mappings/topic.rules.ts';
import { loadNodes, storeNodes } from '../sparkplug/nodes.ts';
import { addressOf, topicOf, type Report } from '../sparkplug/sparkplug.rules.ts';
import { arrivalsOf } from './deliveries.ts';
import { keepLast } from './last-messages.ts';
import { fingerprintOf, needsArrival, readMessages, type Read } from './read-messages.ts';
import type { Mapped, Received } from './received.ts';

const MOST_SHOWN_BYTES = 4_000;
const MOST_SHOWN_TOPIC = 200;

export type Stored = {
  /** The line events to publish. */
  readonly events: readonly Outgoing[];
  /** The edge nodes that should send their births again. */
  readonly rebirths: readonly string[];
};

/**
 * Stores what must be known when the messages are delivered again: the time at which each came first, and the state of
 * edge nodes. Lists the messages that become no line event, and announces devices that are away or back.
 */
export async function storeChunk(
  database: Database,
  connection: Mapped,
  messages: readonly Received[],
  now: string,
): Promise<Stored> {
  return database.transact(connection.tenant, async (tx) => {
    const timed = messages.flatMap((message) =>
      message.packetId !== null && needsArrival(message.topic, connection.mappings)
        ? [{ ...message, packetId: message.packetId, fingerprint: fingerprintOf(message) }]
        : [],
    );
    const [arrivals, nodes] = await Promise.all([
      arrivalsOf(tx, connection.id, timed),
      loadNodes(tx, connection.id, nodesOf(messages)),
    ]);
    const { read, nodes: after } = await readMessages(connection, messages, { arrivals, nodes });
    keepLast(tx, connection.id, messages);
    storeNodes(tx, connection.id, nodes, after);
    tx.send(sql`
      update connection_state
      set last_message_at = ${messages.at(-1)?.at}
      where tenant_id = ${tx.tenant} and connection_id = ${connection.id}`);
    await rejectMessages(tx, rejectionsOf(read, tx.tenant), now);
    await announceReports(tx, connection, read, now);
    return {
      events: read.flatMap(({ outcomes }) => outcomes.flatMap((outcome) => eventOf(outcome, connection.tenant) ?? [])),
      rebirths: read.flatMap(({ node, rebirth }) => (node === undefined || rebirth === undefined ? [] : [node])),
    };
  });
}

/** The namespace of the ids: a random UUID that never changes. */
const NAMESPACE = '6f0a4c2e-55d1-4f1e-9d0c-3a7b8e21c9f4';

function eventOf(outcome: Outcome, tenant: string): Outgoing | undefined {
  if (!outcome.ok) return undefined;
  const id = uuidv5(outcome.identity, NAMESPACE);
  const subject = ingestSubject(tenant, outcome.line, outcome.kind);
  return { id, subject, payload: JSON.stringify({ id, ...outcome.body }) };
}

const nodesOf = (messages: readonly Received[]): string[] => [
  ...new Set(messages.flatMap(({ topic }) => addressOf(topic)?.node ?? [])),
];

const rejectionsOf = (read: readonly Read[], tenant: string) =>
  read.flatMap(({ received: { topic, payload }, fingerprint, outcomes }) =>
    outcomes.flatMap((outcome) =>
      outcome.ok
        ? []
        : [
            {
              tenant,
              line: outcome.line,
              kind: outcome.kind,
              id: topic.slice(0, MOST_SHOWN_TOPIC),
              reason: outcome.reason,
              body: payload.subarray(0, MOST_SHOWN_BYTES).toString('utf8'),
              subject: `${fingerprint} ${outcome.line} ${outcome.kind} ${outcome.reason}`,
            },
          ],
    ),
  );

async function announceReports(tx: Tx, connection: Mapped, read: readonly Read[], now: string): Promise<void> {
  const announcements = read.flatMap(({ node, reports, received }) =>
    reports.flatMap((report) =>
      linesOf(connection, node as string, report).map((line_code) =>
        announcement(
          report.isOnline ? contracts.connectionFound : contracts.connectionLost,
          {
            id: connection.id,
            line_code,
            device: [node, report.device].filter((part) => part !== null).join('/'),
            at: received.at,
            reason: report.reason,
          },
          connection.id,
        ),
      ),
    ),
  );
  if (announcements.length > 0) await announce(tx, announcements, { actor: 'service:connect' }, now);
}

/** The lines that a device reports for, as far as its topic or the mapping says it. */
function linesOf({ mappings }: Mapped, node: string, { device }: Report): string[] {
  const topic = topicOf(node, device);
  const lines = mappings
    .filter((mapping) => mapping.format === 'sparkplug' && matches(mapping.topic, topic))
    .map(
      ({ line: { constant, level } }) => constant ?? (level === undefined ? undefined : topic.split('/')[level - 1]),
    );
  const codes = lines.filter((line) => line !== undefined).map(String);
  return [...new Set(codes.filter((line) => contracts.code.safeParse(line).success))];
}
