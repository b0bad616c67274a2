/** Sensors: what is measured on a line, between which limits, and the readings. */
import { z } from 'zod';
import { eventsOf, operationsOf } from '../contract.ts';
import { fieldErrors } from '../field-errors.ts';
import {
  byId,
  code,
  id,
  inQuery,
  instant,
  listInput,
  listOutput,
  name,
  reference,
  rowFields,
  tenantSlug,
  windowFields,
} from '../values.ts';

const { reads, writes } = operationsOf('sensors');
const { fact, signal } = eventsOf('sensors');

/** What a sensor measured, in its unit. */
const value = z.number().min(-1e15, 'must be at least -1e15').max(1e15, 'must be at most 1e15');
/** OPC UA's three: a value that is not good is kept and shown, but breaches no limit. */
export const readingQuality = z.enum(['good', 'uncertain', 'bad']);

export const sensorRow = z.object({
  ...rowFields,
  code,
  line_id: id,
  line_code: code,
  name,
  unit: z.string(),
  kind: z.string(),
  low_limit: value.nullable(),
  high_limit: value.nullable(),
});
export type SensorRow = z.infer<typeof sensorRow>;
const breachSide = z.enum(['low', 'high']);
/** A sensor as it is answered: with its newest reading, and since when it has been outside its limits. */
export const sensorView = sensorRow.extend({
  last_at: instant.nullable(),
  last_value: value.nullable(),
  breached_side: breachSide.nullable(),
  breached_since: instant.nullable(),
});
export type SensorView = z.infer<typeof sensorView>;

export const createSensor = writes({
  name: 'create',
  role: 'engineer',
  summary: 'Add a sensor to a line; readings that came before it are taken in',
  output: sensorView,
  problems: ['already_exists'],
  input: z.strictObject({
    code,
    line_id: id,
    name,
    unit: reference,
    kind: reference,
    low_limit: value.nullable().default(null),
    high_limit: value.nullable().default(null),
  }),
});
export const updateSensor = writes({
  name: 'update',
  role: 'engineer',
  summary: 'Change the fields named; limits judge the readings that come from now on',
  output: sensorView,
  problems: ['not_found', 'stale_version'],
  input: z.strictObject({
    id,
    name: name.optional(),
    unit: reference.optional(),
    kind: reference.optional(),
    low_limit: value.nullable().optional(),
    high_limit: value.nullable().optional(),
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
  input: listInput({ line_id: id.optional(), plant_id: id.optional(), code: code.optional(), kind: reference.optional() }, ['created_at']),
});

// ---- readings
export const reading = z.strictObject({ at: instant, value, quality: readingQuality.default('good') });
export type Reading = z.infer<typeof reading>;
const MOST_READINGS = 1_000;
const someReadings = z
  .array(reading)
  .min(1, 'must be at least 1 reading')
  .max(MOST_READINGS, `must be at most ${MOST_READINGS} readings: send more requests`);

export const logReadings = writes({
  name: 'log-readings',
  role: 'engineer',
  summary: 'Log readings of a sensor; one of an instant that is known already changes nothing',
  problems: ['not_found'],
  input: z.strictObject({ id, readings: someReadings }),
  output: z.object({ stored: z.int(), known: z.int() }),
});
const MOST_POINTS = 2_000;
export const getReadings = reads({
  name: 'get-readings',
  role: 'viewer',
  summary: "Readings of a window, drawn together to points; the window defaults to the plant's today",
  problems: ['not_found'],
  input: z.strictObject({
    id,
    ...windowFields,
    points: inQuery.number(z.int().min(1, 'must be at least 1').max(MOST_POINTS, `must be at most ${MOST_POINTS}`)).default(200),
  }),
  output: z.object({
    sensor_id: id,
    unit: z.string(),
    from: instant,
    to: instant,
    bucket_seconds: z.number(),
    items: z.array(z.object({ at: instant, min: value, avg: value, max: value, count: z.int() })),
  }),
});

/** What is announced when a good reading leaves the limits, or comes back. */
export const limitCrossing = z.object({
  id,
  line_id: id,
  code,
  name,
  unit: z.string(),
  side: breachSide,
  limit: value,
  value,
  at: instant,
});
export const sensorCreated = fact('sensor.created', sensorRow, 'A sensor was added');
export const sensorUpdated = fact('sensor.updated', sensorRow, 'A sensor changed');
export const limitBreached = signal('sensor.limit_breached', limitCrossing, 'A good reading left the limits');
export const limitCleared = signal('sensor.limit_cleared', limitCrossing, 'A good reading is within the limits again');

// ---- readings as other systems publish them
/** The body on `plantops.readings.<tenant>.<line code>.<sensor code>`: one reading, or several. */
export const readingsBody = z.union([
  z.strictObject({ readings: someReadings, source: reference.optional(), seq: z.int().min(0).optional() }),
  z.strictObject({ ...reading.shape, source: reference.optional(), seq: z.int().min(0).optional() }),
]);
export const readingsSubject = (tenant: string, line: string, sensor: string): string => `plantops.readings.${tenant}.${line}.${sensor}`;

export type ReadReadings = Readonly<{ tenant: string; line: string; sensor: string }> &
  ({ readonly ok: true; readonly readings: readonly Reading[] } | { readonly ok: false; readonly reason: string });

/** Reads one message of readings: a CloudEvent or the bare data. The tenant, line and sensor are those of the subject. */
export const readReadings = (subject: string, payload: string): ReadReadings => {
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
    return refuse('publish on plantops.readings.<tenant>.<line code>.<sensor code>, codes being 1 to 64 of A-Z, a-z, 0-9, _ and -');
  const enveloped = z.object({ specversion: z.string(), data: z.unknown() }).safeParse(message);
  const body = enveloped.success ? enveloped.data.data : message;
  // Told apart by hand: the errors of both halves of a union would only confuse.
  const several = typeof body === 'object' && body !== null && 'readings' in body;
  const parsed = readingsBody.options[several ? 0 : 1].safeParse(body);
  if (!parsed.success)
    return refuse(
      fieldErrors(parsed.error)
        .map(({ path, message: why }) => `${path}: ${why}`)
        .join('; ')
        .slice(0, 2000),
    );
  const { data } = parsed;
  return {
    ...address,
    ok: true,
    readings: 'readings' in data ? data.readings : [{ at: data.at, value: data.value, quality: data.quality }],
  };
};

// ---- for the overview
const sensorFigures = z.object({
  breached: z.array(
    z.object({
      sensor_id: id,
      line_id: id,
      name,
      unit: z.string(),
      side: breachSide,
      limit: value,
      value,
      since: instant,
    }),
  ),
});
export const getSensorFigures = reads({
  name: 'get-figures',
  internal: true,
  role: 'viewer',
  summary: 'What the overview shows of sensors now: those outside their limits',
  input: z.strictObject({ plant_id: id.optional(), line_id: id.optional() }),
  output: sensorFigures,
});
