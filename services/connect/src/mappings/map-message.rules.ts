/** What a message becomes by the mappings of its connection. */
import {
  code,
  CODE_RULE,
  ingestSubject,
  readLineEvent,
  type MappingRow,
  type MappingSource,
} from '@plantops/contracts';
import { shapeOf, timeFieldOf, type MappingFields } from './check-mapping.rules.ts';
import { valueAt } from './json-path.rules.ts';
import { timeOf } from './time.rules.ts';
import { matches } from './topic.rules.ts';

/** Below the limit of the stream, 64 KiB, headers included. */
const MOST_EVENT_BYTES = 60 * 1024;
/** A message that is larger is not read: no line event needs so much. */
export const MOST_PAYLOAD_BYTES = 256 * 1024;
/** What an event says is checked without its tenant and id. */
const ANY_TENANT = 'any';
const ANY_ID = '00000000-0000-5000-8000-000000000000';
/** How an event is called in reasons while its line is not known. */
const NO_LINE = '_';

export type Mapping = MappingFields & Pick<MappingRow, 'id'>;

/** When a message without a time of its own happened, and what tells it from others with the same content. */
export type Arrival = { readonly at: string; readonly key: string };
/** A metric of Sparkplug B. `timestamp` is in milliseconds; null: it has none. */
export type Metric = {
  readonly name: string;
  readonly value: unknown;
  readonly timestamp: number | null;
  readonly is_historical: boolean;
  /** Whether a birth says it: the value that the metric has, not a change of it. */
  readonly is_birth: boolean;
};
export type Message = {
  readonly topic: string;
  readonly payload: Buffer;
  readonly fingerprint: string;
  /** The broker kept it from before the subscription: nobody knows when it was sent. */
  readonly isRetained: boolean;
  readonly arrival: Arrival;
  /** The metrics that it has as a message of Sparkplug B. */
  readonly metrics: readonly Metric[];
};

export type Outcome =
  | {
      readonly ok: true;
      /** What the event is known by: the same when the message comes again. */
      readonly identity: string;
      readonly line: string;
      readonly kind: string;
      /** The event, without its id. */
      readonly body: Readonly<Record<string, unknown>>;
    }
  | { readonly ok: false; readonly line: string; readonly kind: string; readonly reason: string };

/** Whether the event's time is the one at which the message arrived. */
export function usesArrival({ format, kind, fields }: MappingFields): boolean {
  return format !== 'sparkplug' && !Object.hasOwn(fields, timeFieldOf(kind));
}

/** Returns the line events of a message, and the reasons why there are no more. `source` is named as their sender. */
export function mapMessage(message: Message, mappings: readonly Mapping[], source: string): Outcome[] {
  const used = mappings.filter(({ topic }) => matches(topic, message.topic));
  if (used.length === 0) return [];
  if (message.payload.length > MOST_PAYLOAD_BYTES)
    return [
      refused(used[0] as Mapping, `it has ${message.payload.length} bytes: at most ${MOST_PAYLOAD_BYTES} are read`),
    ];
  return used.flatMap((mapping) => (mapping.format === 'sparkplug' ? ofMetrics : ofPayload)(message, mapping, source));
}

const refused = ({ kind }: Mapping, reason: string, line = NO_LINE): Outcome => ({ ok: false, line, kind, reason });

function ofPayload(message: Message, mapping: Mapping, source: string): Outcome[] {
  const { payload, arrival, isRetained, fingerprint } = message;
  const text = payload.toString('utf8');
  let root: unknown = text;
  try {
    if (mapping.format === 'json') root = JSON.parse(text);
  } catch {
    return [refused(mapping, 'the payload is no JSON: map it as text, or correct its sender')];
  }
  const isOfArrival = usesArrival(mapping);
  if (isOfArrival && isRetained)
    return [
      refused(mapping, 'it was retained by the broker, and has no time of its own: nobody knows when it happened'),
    ];
  const timed = { value: root, at: isOfArrival ? arrival.at : undefined, isBackfill: false };
  return [eventOf(message, mapping, { ...timed, key: isOfArrival ? arrival.key : fingerprint }, source)];
}

/** What a birth says of counts and batches happened before: only what still holds is taken from it. */
const HOLDS: ReadonlySet<string> = new Set(['state', 'counter']);

function ofMetrics(message: Message, mapping: Mapping, source: string): Outcome[] {
  return message.metrics
    .filter(({ name, is_birth }) => name === mapping.metric && (!is_birth || HOLDS.has(mapping.kind)))
    .map((metric) => {
      if (metric.timestamp === null) return refused(mapping, `the metric ${metric.name} has no timestamp`);
      const at = timeOf(metric.timestamp);
      const key = JSON.stringify([metric.name, metric.value, metric.timestamp]);
      const isBackfill = metric.is_historical;
      return eventOf(message, mapping, { value: metric, at: String(at), key, isBackfill }, source);
    });
}

type Timed = {
  readonly value: unknown;
  readonly at: string | undefined;
  readonly key: string;
  readonly isBackfill: boolean;
};

function eventOf({ topic }: Message, mapping: Mapping, { value, at, key, isBackfill }: Timed, source: string): Outcome {
  const { kind, fields } = mapping;
  const shape = shapeOf(kind);
  const found = (from: MappingSource): unknown =>
    from.constant ??
    (from.level === undefined ? valueAt(value, from.path as string) : topic.split('/')[from.level - 1]);
  const timeField = timeFieldOf(kind);
  const body: Record<string, unknown> = { source, ...(at === undefined ? {} : { [timeField]: at }) };
  for (const [name, from] of Object.entries(fields)) {
    const given = found(from);
    // A field that the payload leaves out, or has as null, is left out.
    if (given !== undefined && given !== null) body[name] = fitting(shape[name], isTime(name) ? timeOf(given) : given);
  }
  // The sender's own number tells messages apart better than anything else: with it, content and time may be the same.
  const { id: own, ...rest } = body;
  const identity = JSON.stringify([mapping.id, topic, own === undefined ? [rest[timeField], key] : own]);
  const event = { ...rest, ...(isBackfill ? { backfill: true } : {}) };
  const line = wordOf(found(mapping.line));
  if (line === undefined) return refused(mapping, 'the message does not say which line it is about');
  if (!code.safeParse(line).success) return refused(mapping, `the line code must be ${CODE_RULE}`, line);
  const text = JSON.stringify({ ...event, id: ANY_ID });
  const read = readLineEvent(ingestSubject(ANY_TENANT, line, kind), text);
  if (!read.ok) return refused(mapping, read.unusable.reason, line);
  if (Buffer.byteLength(text) > MOST_EVENT_BYTES)
    return refused(mapping, `its line event would be larger than ${MOST_EVENT_BYTES} bytes`, line);
  return { ok: true, identity, line, kind, body: event };
}

/** A text, number or flag as text; undefined for all else. */
function wordOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? `${value}` : undefined;
}

const isTime = (name: string): boolean => name === 'at' || name.endsWith('_time');

/** A number that comes as text, or the other way round, as the field needs it. */
function fitting(schema: { safeParse(value: unknown): { success: boolean } } | undefined, value: unknown): unknown {
  if (schema === undefined || typeof value === 'object' || schema.safeParse(value).success) return value;
  const other = typeof value === 'string' ? numberOf(value) : wordOf(value);
  return schema.safeParse(other).success ? other : value;
}
const numberOf = (text: string): unknown => {
  if (/^\s*-?\d+(\.\d+)?([eE][+-]?\d+)?\s*$/.test(text)) return Number(text);
  return text === 'true' ? true : text === 'false' ? false : text;
};
