/** Payloads of Sparkplug B. */
import type { default as Proto } from 'sparkplug-payload/lib/sparkplugPayloadProto.js';

/** A metric as a message has it: data messages may leave out its name and its type, which the birth said. */
export type RawMetric = {
  readonly name: string | null;
  readonly alias: string | null;
  readonly datatype: number | null;
  /** A whole number is a BigInt: its sign follows from its type. */
  readonly value: string | number | bigint | boolean | null;
  /** Milliseconds since 1970; null: that of the payload holds. */
  readonly timestamp: number | null;
  readonly is_historical: boolean;
};
export type SparkplugPayload = {
  readonly timestamp: number | null;
  readonly seq: number | null;
  readonly metrics: readonly RawMetric[];
};

/** The type of a flag (tahu's DataType). */
const BOOLEAN = 11;

/** Loaded with the first message: a plant without Sparkplug need not have it in memory. */
const library = async (): Promise<typeof Proto.org.eclipse.tahu.protobuf.Payload> =>
  (await import('sparkplug-payload/lib/sparkplugPayloadProto.js')).default.org.eclipse.tahu.protobuf.Payload;

/** Reads a payload; undefined: it is none. */
export async function readPayload(bytes: Buffer): Promise<SparkplugPayload | undefined> {
  const payloads = await library();
  try {
    const payload = payloads.decode(bytes);
    return {
      timestamp: numberIn(payload, 'timestamp'),
      seq: numberIn(payload, 'seq'),
      metrics: payload.metrics.map((metric) => ({
        name: Object.hasOwn(metric, 'name') ? storable(metric.name ?? '') : null,
        alias: Object.hasOwn(metric, 'alias') ? String(metric.alias) : null,
        datatype: numberIn(metric, 'datatype'),
        value: metric.isNull === true ? null : valueOf(metric as unknown as Record<string, unknown>),
        timestamp: numberIn(metric, 'timestamp'),
        is_historical: metric.isHistorical === true,
      })),
    };
  } catch {
    return undefined;
  }
}

/** Where the library stores each shape of value. Sets of data and templates have no value that an event could hold. */
const SHAPES = ['longValue', 'intValue', 'floatValue', 'doubleValue', 'booleanValue', 'stringValue'] as const;

function valueOf(metric: Record<string, unknown>): RawMetric['value'] {
  const shape = SHAPES.find((name) => Object.hasOwn(metric, name));
  if (shape === undefined) return null;
  const value = metric[shape] as string | number | boolean;
  if (typeof value === 'string') return storable(value);
  return shape === 'longValue' || shape === 'intValue' ? BigInt(String(value)) : value;
}

/** PostgreSQL stores every character but NUL and half ones. */
const storable = (text: string): string => text.replaceAll('\0', '').toWellFormed();

// The library gives fields that are absent their defaults; its objects own those that are there.
function numberIn(message: object, field: string): number | null {
  return Object.hasOwn(message, field) ? Number(String((message as Record<string, unknown>)[field])) : null;
}

/** The command that asks an edge node for its births. */
export async function rebirthRequest(timestamp: number): Promise<Buffer> {
  const metrics = [{ name: 'Node Control/Rebirth', datatype: BOOLEAN, booleanValue: true, timestamp }];
  return Buffer.from((await library()).encode({ timestamp, metrics }).finish());
}
