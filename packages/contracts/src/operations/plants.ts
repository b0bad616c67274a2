/** Plants, and when they are scheduled to work. */
import { z } from 'zod';
import { eventsOf, operationsOf } from '../contract.ts';
import { businessDate, byId, code, id, instant, listInput, listOutput, name, rowFields, text } from '../values.ts';

const { reads, writes } = operationsOf('production');
const { master } = eventsOf('production');

const isTimeZone = (zone: string) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone }).format();
    return true;
  } catch {
    return false;
  }
};
const timezone = z
  .string()
  .max(64)
  .regex(/^[A-Za-z]/, 'must be an IANA time zone, as America/New_York')
  .refine(isTimeZone, 'must be an IANA time zone, as America/New_York');

// ---- shift calendars
const wallTime = z.string().regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/, 'must be a time of day, as 06:00; 24:00 is the next midnight');
const wallSpan = { start: wallTime, end: wallTime };
const shift = z.strictObject({
  name,
  ...wallSpan,
  breaks: z.array(z.strictObject(wallSpan)).max(6, 'must be at most 6 breaks').default([]),
});
const weekday = z.int().min(1, 'must be 1 (Monday) to 7 (Sunday)').max(7, 'must be 1 (Monday) to 7 (Sunday)');
const weekly = z
  .array(shift.extend({ weekdays: z.array(weekday).min(1, 'must name at least one weekday').max(7) }))
  .max(28, 'must be at most 28 shifts');
const exceptions = z
  .array(z.strictObject({ date: businessDate, shifts: z.array(shift).max(6, 'must be at most 6 shifts') }))
  .max(400, 'must be at most 400 dates');

/** A calendar from a moment on. weekly null: no calendar, every hour is scheduled. The first version (valid_from null) reaches back without limit. */
export const calendarVersion = z.object({ valid_from: instant.nullable(), timezone: z.string(), weekly: weekly.nullable(), exceptions });
export type CalendarVersion = z.infer<typeof calendarVersion>;

// ---- plants
export const plantRow = z.object({
  ...rowFields,
  code,
  name,
  timezone,
  address: z.string().nullable(),
  calendars: z.array(calendarVersion),
});
export type PlantRow = z.infer<typeof plantRow>;
const plantFields = { code, name, timezone, address: text.nullable().optional() };

export const createPlant = writes({
  name: 'create-plant',
  role: 'admin',
  summary: 'Add a plant',
  input: z.strictObject(plantFields),
  output: plantRow,
  problems: ['already_exists'],
});
export const updatePlant = writes({
  name: 'update-plant',
  role: 'admin',
  summary: 'Change the fields named',
  output: plantRow,
  problems: ['not_found', 'already_exists', 'stale_version'],
  input: z.strictObject({
    id,
    code: code.optional(),
    name: name.optional(),
    timezone: timezone.optional(),
    address: text.nullable().optional(),
  }),
});
export const getPlant = reads({
  name: 'get-plant',
  role: 'viewer',
  summary: 'One plant',
  input: byId,
  output: plantRow,
  problems: ['not_found'],
});
export const listPlants = reads({
  name: 'list-plants',
  role: 'viewer',
  summary: 'Plants',
  input: listInput({ code: code.optional() }, ['created_at']),
  output: listOutput(plantRow),
});

export const plantCreated = master('plant.created', plantRow, 'A plant was added');
export const plantUpdated = master('plant.updated', plantRow, 'A plant changed');

export const shiftsView = z.object({
  plant_id: id,
  version: z.int(),
  ...calendarVersion.shape,
  versions: z.array(calendarVersion),
});
export const getShifts = reads({
  name: 'get-shifts',
  role: 'viewer',
  summary: 'The shift calendar of a plant: the version in force, and all of them',
  input: byId,
  output: shiftsView,
  problems: ['not_found'],
});
export const setShifts = writes({
  name: 'set-shifts',
  role: 'admin',
  summary: 'Give a plant a shift calendar from valid_from on (default now; the first one reaches back without limit)',
  input: z.strictObject({ id, weekly: weekly.nullable(), exceptions: exceptions.default([]), valid_from: instant.optional() }),
  output: shiftsView,
  problems: ['not_found', 'stale_version'],
});
