/** Sensors: what is measured on a line, its limits, and the readings. */
import { z } from 'zod';
import { eventsOf, operationsOf } from '../contract.ts';
import { fieldErrors } from '../field-errors.ts';
import { MOST_REASON_CHARACTERS } from '../line-events.ts';
import {
  byId,
  changeFields,
  field,
  items,
  listInput,
  listOutput,
  rowFields,
  stored,
  window,
  windowFields,
} from '../fields.ts';
import { code, CODE_RULE, id, inQuery, instant, reference, tenantSlug } from '../values.ts';
import { waitingFigures } from './waiting.ts';

const { reads, writes } = operationsOf('sensors');
const { fact, signal } = eventsOf('sensors');

const LEAST_VALUE = -1e15;
const MOST_VALUE = 1e15;
/** What a sensor measured, in its unit. */
const value = z.number().min(LEAST_VALUE, 'must be at least -1e15').max(MOST_VALUE, 'must be at most 1e15');
const measured = value.describe("What was measured, in the sensor's unit.");
/** The three of OPC UA. */
export const readingQuality = z.enum(['good', 'uncertain', 'bad']).meta({ id: 'ReadingQuality' });
const breachSide = z.enum(['low', 'high']);
const MOST_DELAY_SECONDS = 86_400;
const NOT_BACK =
  'How far a value must come back within a breached limit before the breach is over, in the unit of the sensor.';
const LASTS = 'How long values must stay beyond a limit before that is a breach. Seconds.';
const deadband = z.number().min(0).max(MOST_VALUE, 'must be at most 1e15').describe(NOT_BACK);
const delaySeconds = z.int().min(0).max(MOST_DELAY_SECONDS).describe(LASTS);
const sensorId = id.describe('UUID of the sensor.');
const fields = {
  unit: reference.describe('The unit of the readings, as °C.'),
  kind: reference.describe('What kind of thing the sensor measures, as temperature.'),
  low_limit: value.nullable().describe("A good reading below it is a breach, in the sensor's unit; null: no limit."),
  high_limit: value.nullable().describe("A good reading above it is a breach, in the sensor's unit; null: no limit."),
  deadband,
  delay_seconds: delaySeconds,
};

export const sensorRow = z
  .object({
    ...rowFields,
    code: field.code,
    line_id: field.line_id,
    line_code: field.line_code,
    name: field.name,
    ...fields,
    unit: stored(fields.unit),
    kind: stored(fields.kind),
    deadband: z.number().describe(NOT_BACK),
    delay_seconds: z.int().describe(LASTS),
  })
  .meta({ id: 'Sensor' });
export type SensorRow = z.infer<typeof sensorRow>;
/** A sensor as it is answered: with its newest reading, and since when it has been outside its limits. */
export const sensorView = sensorRow
  .extend({
    last_at: instant.nullable().describe('When the newest reading was taken; null: there is none.'),
    last_value: value.nullable().describe("The newest reading, in the sensor's unit; null: there is none."),
    breached_side: breachSide.nullable().describe('Which limit is breached now; null: none.'),
    breached_since: instant
      .nullable()
      .describe('Since when the values are beyond the limit that is breached; null: none is breached.'),
  })
  .meta({ id: 'SensorView' });
export type SensorView = z.infer<typeof sensorView>;

export const createSensor = writes({
  name: 'create',
  role: 'engineer',
  summary: 'Add a sensor to a line; readings that came before it are applied',
  output: sensorView,
  problems: ['already_exists'],
  input: z.strictObject({
    code: field.code,
    line_id: field.line_id,
    name: field.name,
    unit: fields.unit,
    kind: fields.kind,
    low_limit: fields.low_limit.default(null),
    high_limit: fields.high_limit.default(null),
    deadband: fields.deadband.default(0),
    delay_seconds: fields.delay_seconds.default(0),
  }),
});
export const updateSensor = writes({
  name: 'update',
  role: 'engineer',
  summary: 'Change the fields named; limits judge the readings that come from now on',
  output: sensorView,
  problems: ['not_found', 'stale_version'],
  input: z.strictObject({
    id: field.id,
    name: field.name.optional(),
    ...z.object(fields).partial().shape,
  }),
});
export const getSensor = reads({
  name: 'get',
  role: 'viewer',
  summary: 'One sensor',
  input: byId,
  output: sensorView,
  problems: ['not_found'],
});
export const listSensors = reads({
  name: 'list',
  role: 'viewer',
  summary: 'Sensors',
  output: listOutput(sensorView),
  input: listInput(
    {
      line_id: field.line_id.optional(),
      plant_id: field.plant_id.optional(),
      code: field.code.optional(),
      kind: fields.kind.optional(),
      ...changeFields,
    },
    ['created_at'],
  ),
});

// ---- readings
export const reading = z
  .strictObject({
    at: field.at,
    value: measured,
    quality: readingQuality
      .default('good')
      .describe('good, uncertain or bad, as in OPC UA: only good readings are compared with the limits.'),
  })
  .meta({ id: 'Reading' });
export type Reading = z.infer<typeof reading>;
const MOST_READINGS = 1_000;
const someReadings = z
  .array(reading)
  .min(1, 'must be at least 1 reading')
  .max(MOST_READINGS, `must be at most ${MOST_READINGS} readings: send more requests`)
  .describe('Readings in any order.');

export const logReadings = writes({
  name: 'log-readings',
  role: 'engineer',
  summary: 'Log readings of a sensor; one of an instant that is known already changes nothing',
  problems: ['not_found'],
  input: z.strictObject({ id: field.id, readings: someReadings }),
  output: z.object({
    stored: z.int().describe('Readings that are new.'),
    known: z.int().describe('Readings of an instant that was known already: they change nothing.'),
  }),
});
const POINTS = 200;
const MOST_POINTS = 2_000;
export const getReadings = reads({
  name: 'get-readings',
  role: 'viewer',
  summary: "Readings of a window, combined to points; the window defaults to the plant's today",
  problems: ['not_found'],
  input: z.strictObject({
    id: field.id,
    ...windowFields,
    points: inQuery
      .number(z.int().min(1, 'must be at least 1').max(MOST_POINTS, `must be at most ${MOST_POINTS}`))
      .default(POINTS)
      .describe('How many points to combine the readings to, at most.'),
  }),
  output: z.object({
    sensor_id: sensorId,
    unit: stored(fields.unit),
    ...window,
    bucket_seconds: z.number().describe('How much time a point stands for, seconds.'),
    items: items(
      z.object({
        at: instant.describe('Where the time that the point stands for begins.'),
        min: value.describe("The least reading, in the sensor's unit."),
        avg: value.describe("The mean of the readings, in the sensor's unit."),
        max: value.describe("The greatest reading, in the sensor's unit."),
        count: z.int().describe('Readings that the point stands for.'),
      }),
    ),
  }),
});

/** What is announced when a good reading leaves the limits, or comes back. */
const side = breachSide.describe('Which limit was crossed.');
export const limitCrossing = z
  .object({
    id: field.id,
    line_id: field.line_id,
    code: field.code,
    name: field.name,
    unit: stored(fields.unit),
    side,
    limit: value.describe("The limit that was crossed, in the sensor's unit."),
    value: measured,
    at: field.at.describe('When the limit was breached, after the delay of the sensor; or when the breach was over.'),
    crossings_between: z
      .int()
      .optional()
      .describe(
        'Of many crossings that came at once, the first ones and the last are announced: how many lie between the last and the one announced before it.',
      ),
  })
  .meta({ id: 'LimitCrossing' });
export const sensorCreated = fact('sensor.created', sensorRow, 'A sensor was added');
export const sensorUpdated = fact('sensor.updated', sensorRow, 'A sensor changed');
export const limitBreached = signal('sensor.limit_breached', limitCrossing, 'A good reading left the limits');
export const limitCleared = signal('sensor.limit_cleared', limitCrossing, 'A good reading is within the limits again');

// ---- readings as other systems publish them
const sender = { source: field.source.optional(), seq: field.seq.optional() };
/** The body on `plantops.readings.<tenant>.<line code>.<sensor code>`: one reading, or several. */
export const readingsBody = z.union([
  z.strictObject({ readings: someReadings, ...sender }),
  z.strictObject({ ...reading.shape, ...sender }),
]);
export function readingsSubject(tenant: string, line: string, sensor: string): string {
  return `plantops.readings.${tenant}.${line}.${sensor}`;
}

export type ReadReadings = Readonly<{ tenant: string; line: string; sensor: string }> &
  ({ readonly ok: true; readonly readings: readonly Reading[] } | { readonly ok: false; readonly reason: string });

/**
 * Reads one message of readings: a CloudEvent or the bare data. The tenant, line and sensor are those of the subject.
 */
export function readReadings(subject: string, payload: string): ReadReadings {
  const [, , tenant = '', line = '', ...rest] = subject.split('.');
  const address = { tenant, line, sensor: rest.join('.') };
  const refuse = (reason: string) => ({ ...address, ok: false as const, reason });
  let message: unknown;
  try {
    message = JSON.parse(payload);
  } catch {
    return refuse('the body is not JSON: send one JSON object');
  }
  if (!tenantSlug.safeParse(tenant).success || !code.safeParse(line).success || !code.safeParse(address.sensor).success)
    return refuse(`publish on plantops.readings.<tenant>.<line code>.<sensor code>, codes being ${CODE_RULE}`);
  const enveloped = z.object({ specversion: z.string(), data: z.unknown() }).safeParse(message);
  const body = enveloped.success ? enveloped.data.data : message;
  // One half of the union is chosen here: the errors of both would confuse the reader.
  const several = typeof body === 'object' && body !== null && 'readings' in body;
  const parsed = readingsBody.options[several ? 0 : 1].safeParse(body);
  if (!parsed.success)
    return refuse(
      fieldErrors(parsed.error)
        .map(({ path, message: why }) => `${path}: ${why}`)
        .join('; ')
        .slice(0, MOST_REASON_CHARACTERS),
    );
  const { data } = parsed;
  return {
    ...address,
    ok: true,
    readings: 'readings' in data ? data.readings : [{ at: data.at, value: data.value, quality: data.quality }],
  };
}

// ---- for the overview
const sensorFigures = z.object({
  ...waitingFigures,
  breached: z
    .array(
      z.object({
        sensor_id: sensorId,
        line_id: field.line_id,
        name: field.name,
        unit: stored(fields.unit),
        side,
        limit: value.describe("The limit that is breached, in the sensor's unit."),
        value: measured,
        since: instant.describe('Since when.'),
      }),
    )
    .describe('The sensors whose newest good reading is outside their limits.'),
});
export const getSensorFigures = reads({
  name: 'get-figures',
  internal: true,
  role: 'viewer',
  summary: 'What the overview shows of sensors now: those outside their limits',
  input: z.strictObject({ plant_id: field.plant_id.optional(), line_id: field.line_id.optional() }),
  output: sensorFigures,
});
