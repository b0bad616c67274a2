/** Reads the messages of a chunk in their order: what they become, and what they say about edge nodes. */
import { randomUUID, createHash } from 'node:crypto';
import {
  mapMessage,
  usesArrival,
  type Arrival,
  type Mapping,
  type Message,
  type Outcome,
} from '../mappings/map-message.rules.ts';
import { matches } from '../mappings/topic.rules.ts';
import type { Nodes } from '../sparkplug/nodes.ts';
import { readPayload } from '../sparkplug/payload.ts';
import { addressOf, hear, UNKNOWN, type Node, type Report } from '../sparkplug/sparkplug.rules.ts';
import type { Mapped, Received } from './received.ts';

/** A hash of a message's topic and payload. */
export function fingerprintOf({ topic, payload }: Pick<Received, 'topic' | 'payload'>): string {
  return createHash('sha256').update(topic).update('\0').update(payload).digest('base64url');
}

/** Whether an event of the message needs the time of its arrival. */
export function needsArrival(topic: string, mappings: readonly Mapping[]): boolean {
  return mappings.some((mapping) => usesArrival(mapping) && matches(mapping.topic, topic));
}

export type Read = {
  readonly received: Received;
  readonly fingerprint: string;
  readonly outcomes: readonly Outcome[];
  /** The edge node that sent it, what it reports, and why it should send its births again. */
  readonly node: string | undefined;
  readonly reports: readonly Report[];
  readonly rebirth: string | undefined;
};

/**
 * Returns what each message means, and the nodes after them. `arrivals` are those of an earlier delivery, by packet id.
 */
export async function readMessages(
  { mappings, code }: Pick<Mapped, 'mappings' | 'code'>,
  messages: readonly Received[],
  { arrivals, nodes }: { readonly arrivals: ReadonlyMap<number, Arrival>; readonly nodes: Nodes },
): Promise<{ readonly read: readonly Read[]; readonly nodes: Nodes }> {
  const after = new Map(nodes);
  const read: Read[] = [];
  for (const received of messages) {
    const heard = await readSparkplug(received, after);
    if (heard.node !== undefined) after.set(heard.node.name, heard.node.state);
    const fingerprint = fingerprintOf(received);
    const message: Message = {
      topic: received.topic,
      payload: received.payload,
      fingerprint,
      isRetained: received.isRetained,
      arrival: arrivals.get(received.packetId ?? -1) ?? { at: received.at, key: randomUUID() },
      metrics: heard.metrics,
    };
    const outcomes = mapMessage(message, mappings, code);
    const first = mappings.find(({ topic, format }) => format === 'sparkplug' && matches(topic, received.topic));
    const unread =
      first === undefined
        ? []
        : heard.reasons.map((reason): Outcome => ({ ok: false, line: '_', kind: first.kind, reason }));
    read.push({
      received,
      fingerprint,
      outcomes: [...outcomes, ...unread],
      node: heard.node?.name,
      reports: heard.reports,
      rebirth: heard.rebirth,
    });
  }
  return { read, nodes: after };
}

type Heard = Pick<ReturnType<typeof hear>, 'metrics' | 'reasons' | 'reports' | 'rebirth'> & {
  readonly node: { readonly name: string; readonly state: Node } | undefined;
};
const NOTHING: Heard = { node: undefined, metrics: [], reasons: [], reports: [], rebirth: undefined };

async function readSparkplug({ topic, payload }: Received, nodes: Nodes): Promise<Heard> {
  const address = addressOf(topic);
  if (address === undefined) return NOTHING;
  const decoded = await readPayload(payload);
  if (decoded === undefined) return { ...NOTHING, reasons: ['the payload is no Sparkplug B'] };
  const { node: state, ...heard } = hear(nodes.get(address.node) ?? UNKNOWN, address, decoded);
  return { ...heard, node: { name: address.node, state } };
}
