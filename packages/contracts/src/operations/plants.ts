/** Plants, and when they are scheduled to work. */
import { z } from 'zod';
import { eventsOf, operationsOf } from '../contract.ts';
import { byId, changeFields, field, listInput, listOutput, rowFields, stored, validFrom, versions } from '../fields.ts';
import { businessDate, text } from '../values.ts';

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
const MOST_ZONE_CHARACTERS = 64;
const timezone = z
  .string()
  .max(MOST_ZONE_CHARACTERS)
  .regex(/^[A-Za-z]/, 'must be an IANA time zone, as America/New_York')
  .refine(isTimeZone, 'must be an IANA time zone, as America/New_York')
  .describe('IANA time zone, as America/New_York. Days and shifts of the plant are in it.');

// ---- shift calendars
const MOST_BREAKS_IN_SHIFT = 6;
const MOST_SHIFTS_IN_WEEK = 28;
const MOST_SHIFTS_ON_DATE = 6;
const MOST_EXCEPTION_DATES = 400;
const MONDAY = 1;
const SUNDAY = 7;
const DAYS_OF_WEEK = 7;

const wallTime = z
  .string()
  .regex(/^(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)$/, 'must be a time of day, as 06:00; 24:00 is the next midnight');
const wallSpan = {
  start: wallTime.describe("Time of day in the plant's zone, as 06:00."),
  end: wallTime.describe(
    "Time of day in the plant's zone, as 14:00; one that is not after the start lies on the next day, 24:00 is midnight.",
  ),
};
const shift = z.strictObject({
  name: field.name,
  ...wallSpan,
  breaks: z
    .array(z.strictObject(wallSpan))
    .max(MOST_BREAKS_IN_SHIFT, `must be at most ${MOST_BREAKS_IN_SHIFT} breaks`)
    .default([])
    .describe('Breaks within the shift: planned stops of every line.'),
});
const WEEKDAY = `must be ${MONDAY} (Monday) to ${SUNDAY} (Sunday)`;
const weekdays = z
  .array(z.int().min(MONDAY, WEEKDAY).max(SUNDAY, WEEKDAY))
  .min(1, 'must name at least one weekday')
  .max(DAYS_OF_WEEK)
  .describe('The days on which the shift begins, as in ISO 8601: Monday is 1.');
const weekly = z
  .array(shift.extend({ weekdays }))
  .max(MOST_SHIFTS_IN_WEEK, `must be at most ${MOST_SHIFTS_IN_WEEK} shifts`)
  .describe('The shifts of every week; null: no calendar, every hour is scheduled.');
const exception = z.strictObject({
  date: businessDate.describe("The day in the plant's own zone on which the shifts begin, as 2026-11-22."),
  shifts: z
    .array(shift)
    .max(MOST_SHIFTS_ON_DATE, `must be at most ${MOST_SHIFTS_ON_DATE} shifts`)
    .describe('The shifts that begin on that day instead; empty: nobody works.'),
});
const exceptions = z
  .array(exception)
  .max(MOST_EXCEPTION_DATES, `must be at most ${MOST_EXCEPTION_DATES} dates`)
  .describe('Dates that differ from the week, as holidays.');

/** A calendar from a moment on. The first version (valid_from null) reaches back without limit. */
export const calendarVersion = z
  .object({ valid_from: validFrom.nullable(), timezone: stored(timezone), weekly: weekly.nullable(), exceptions })
  .meta({ id: 'CalendarVersion' });
export type CalendarVersion = z.infer<typeof calendarVersion>;

// ---- plants
const address = text.describe('Where the plant is.');
export const plantRow = z
  .object({
    ...rowFields,
    code: field.code,
    name: field.name,
    timezone,
    address: stored(address).nullable(),
    calendars: z
      .array(calendarVersion)
      .describe('Shift calendars of the plant by valid_from. Empty: every hour is scheduled.'),
  })
  .meta({ id: 'Plant' });
export type PlantRow = z.infer<typeof plantRow>;
const plantFields = { code: field.code, name: field.name, timezone, address: address.nullable().optional() };

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
    id: field.id,
    code: field.code.optional(),
    name: field.name.optional(),
    timezone: timezone.optional(),
    address: address.nullable().optional(),
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
  input: listInput({ code: field.code.optional(), ...changeFields }, ['created_at']),
  output: listOutput(plantRow),
});

export const plantCreated = master('plant.created', plantRow, 'A plant was added');
export const plantUpdated = master('plant.updated', plantRow, 'A plant changed');

export const shiftsView = z
  .object({
    plant_id: field.plant_id,
    version: rowFields.version,
    ...calendarVersion.shape,
    versions: versions(calendarVersion),
  })
  .meta({ id: 'ShiftsView' });
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
  input: z.strictObject({
    id: field.id,
    weekly: weekly.nullable(),
    exceptions: exceptions.default([]),
    valid_from: validFrom.optional(),
  }),
  output: shiftsView,
  problems: ['not_found', 'stale_version'],
});
