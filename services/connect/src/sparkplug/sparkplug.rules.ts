/**
 * Sparkplug B 3.0: what messages of an edge node mean. A birth names the metrics of the node or of a device; data
 * messages may use the numbers (aliases) that it gave them. All messages of a node but its death count from 0 to 255.
 */
import type { Metric } from '../mappings/map-message.rules.ts';
import type { RawMetric, SparkplugPayload } from './payload.ts';

const NAMESPACE = 'spBv1.0';
const COUNTED_TO = 256;
/** The metrics and devices of a node that are remembered. */
const MOST_NAMES = 5_000;
const MOST_DEVICES = 500;
const BIRTH_SEQ = 'bdSeq';
const TYPES = ['NBIRTH', 'NDEATH', 'NDATA', 'DBIRTH', 'DDEATH', 'DDATA'] as const;
type MessageType = (typeof TYPES)[number];

export type Address = {
  readonly type: MessageType;
  /** group/node: what messages are counted by. */
  readonly node: string;
  /** Null: the message is about the node itself. */
  readonly device: string | null;
};
export type Node = {
  /** The number of its last message; null: not known. */
  readonly seq: number | null;
  /** The number of its last birth, which its death repeats; null: not known. */
  readonly birthSeq: number | null;
  readonly isOnline: boolean;
  /** Whether each device is online. */
  readonly devices: Readonly<Record<string, boolean>>;
  /** Name and type of each metric, by its alias, or by its device and name. */
  readonly names: Readonly<Record<string, readonly [name: string, datatype: number | null]>>;
};
/** A device that is away or back; null: the node itself. */
export type Report = { readonly device: string | null; readonly isOnline: boolean; readonly reason: string };
export type Heard = {
  readonly node: Node;
  readonly metrics: readonly Metric[];
  /** Why the node should send its births again; undefined: it need not. */
  readonly rebirth: string | undefined;
  readonly reports: readonly Report[];
  /** Why metrics of the message could not be read. */
  readonly reasons: readonly string[];
};

export const UNKNOWN: Node = { seq: null, birthSeq: null, isOnline: false, devices: {}, names: {} };

/** The parts of a topic of Sparkplug B; undefined for other topics, commands and the state of hosts. */
export function addressOf(topic: string): Address | undefined {
  const [namespace, group, type, node, device = null, ...more] = topic.split('/');
  if (namespace !== NAMESPACE || group === undefined || node === undefined || more.length > 0) return undefined;
  const known = TYPES.find((name) => name === type);
  if (known === undefined || known.startsWith('D') !== (device !== null)) return undefined;
  return { type: known, node: `${group}/${node}`, device };
}

/** The topic of commands to an edge node. */
export function commandTopic(node: string): string {
  const [group, name] = node.split('/');
  return `${NAMESPACE}/${group}/NCMD/${name}`;
}

/** Whether the devices of a node and its own metrics are reported on a topic; for the lines that they report for. */
export function topicOf(node: string, device: string | null): string {
  const [group, name] = node.split('/');
  return device === null ? `${NAMESPACE}/${group}/NDATA/${name}` : `${NAMESPACE}/${group}/DDATA/${name}/${device}`;
}

/** What a message of a node says, and what is known of the node after it. */
export function hear(node: Node, { type, device }: Address, payload: SparkplugPayload): Heard {
  if (type === 'NDEATH') return nodeDeath(node, payload);
  if (type === 'NBIRTH') return nodeBirth(node, payload);
  const counted = { ...node, seq: payload.seq };
  if (!node.isOnline) return { ...nothing(counted), rebirth: 'it sent data before its birth', reasons: [BEFORE_BIRTH] };
  const isGap = node.seq !== null && payload.seq !== null && payload.seq !== (node.seq + 1) % COUNTED_TO;
  const rebirth = isGap ? `messages are missing: ${node.seq} was followed by ${payload.seq}` : undefined;
  if (type === 'DDEATH') return { ...setOnline(counted, device as string, false, 'DDEATH'), rebirth };
  if (type === 'DBIRTH') {
    const { node: born, reports } = setOnline(counted, device as string, true, 'DBIRTH');
    const named = { ...born, names: withNames(born.names, device, payload.metrics) };
    return { ...readMetrics(named, device, payload, true), rebirth, reports };
  }
  if (device !== null && counted.devices[device] !== true)
    return { ...nothing(counted), rebirth: `${device} sent data before its birth`, reasons: [BEFORE_BIRTH] };
  const heard = readMetrics(counted, device, payload, false);
  return { ...heard, rebirth: rebirth ?? heard.rebirth };
}

const BEFORE_BIRTH = 'the birth that names its metrics is not known: it is asked for';
const nothing = (node: Node): Heard => ({ node, metrics: [], rebirth: undefined, reports: [], reasons: [] });

function nodeBirth(node: Node, payload: SparkplugPayload): Heard {
  const birthSeq = birthSeqOf(payload);
  const names = withNames({}, null, payload.metrics);
  // A node that was there sends its births again when it is asked to: its devices are not away meanwhile.
  const born = { seq: payload.seq, birthSeq, isOnline: true, devices: node.devices, names };
  const reports = node.isOnline ? [] : [{ device: null, isOnline: true, reason: 'NBIRTH' }];
  return { ...readMetrics(born, null, payload, true), reports };
}

/** A death may come late, from a session before: it names the birth that it belongs to. */
function nodeDeath(node: Node, payload: SparkplugPayload): Heard {
  const birthSeq = birthSeqOf(payload);
  const isOfOther = birthSeq !== null && node.birthSeq !== null && birthSeq !== node.birthSeq;
  if (!node.isOnline || isOfOther) return nothing(node);
  const away = Object.entries(node.devices).filter(([, isOnline]) => isOnline);
  const reports = [null, ...away.map(([device]) => device)].map((device) => ({
    device,
    isOnline: false,
    reason: 'NDEATH',
  }));
  return { ...nothing({ ...node, isOnline: false, devices: allOffline(node) }), reports };
}

const allOffline = ({ devices }: Node) => Object.fromEntries(Object.keys(devices).map((device) => [device, false]));

function setOnline(node: Node, device: string, isOnline: boolean, reason: string): Heard {
  const wasOnline = node.devices[device] === true;
  const isNew = !Object.hasOwn(node.devices, device);
  if (isNew && Object.keys(node.devices).length >= MOST_DEVICES)
    return { ...nothing(node), reasons: [`the node has more than ${MOST_DEVICES} devices`] };
  const devices = { ...node.devices, [device]: isOnline };
  return { ...nothing({ ...node, devices }), reports: wasOnline === isOnline ? [] : [{ device, isOnline, reason }] };
}

function birthSeqOf({ metrics }: SparkplugPayload): number | null {
  const value = metrics.find(({ name }) => name === BIRTH_SEQ)?.value;
  return value === undefined || value === null ? null : Number(value);
}

const byAlias = (alias: string) => `alias ${alias}`;
const byName = (device: string | null, name: string) => `${device ?? ''}/${name}`;

function withNames(names: Node['names'], device: string | null, metrics: readonly RawMetric[]): Node['names'] {
  const said = metrics.flatMap(({ name, alias, datatype }) =>
    name === null
      ? []
      : [byName(device, name), ...(alias === null ? [] : [byAlias(alias)])].map(
          (key) => [key, [name, datatype]] as const,
        ),
  );
  const all = Object.entries({ ...names, ...Object.fromEntries(said) });
  return Object.fromEntries(all.slice(0, MOST_NAMES));
}

function readMetrics(
  node: Node,
  device: string | null,
  { metrics, timestamp }: SparkplugPayload,
  is_birth: boolean,
): Heard {
  const read = metrics.map((metric) => {
    const { name, alias } = metric;
    const known = node.names[name === null ? byAlias(alias ?? '') : byName(device, name)];
    const called = name ?? known?.[0];
    if (called === undefined) return `no birth names the metric with the alias ${alias ?? '(none)'}`;
    return {
      name: called,
      value: plainValue(metric.value, metric.datatype ?? known?.[1] ?? null),
      timestamp: metric.timestamp ?? timestamp,
      is_historical: metric.is_historical,
      is_birth,
    };
  });
  const reasons = [...new Set(read.filter((one) => typeof one === 'string'))];
  return {
    node,
    metrics: read.filter((one) => typeof one !== 'string'),
    rebirth: reasons[0],
    reports: [],
    reasons,
  };
}

/** Bits of the signed types: Int8, Int16, Int32, Int64. All whole numbers are sent without a sign. */
const SIGNED: Readonly<Record<number, number>> = { 1: 8, 2: 16, 3: 32, 4: 64 };
function plainValue(value: RawMetric['value'], datatype: number | null): string | number | boolean | null {
  if (typeof value !== 'bigint') return value;
  const bits = SIGNED[datatype ?? 0];
  return Number(bits === undefined ? value : BigInt.asIntN(bits, value));
}
