import type { CalendarVersion, PlantRow, shiftsView } from '@plantops/contracts';
import type { z } from 'zod';
import { inForce } from '../versions.rules.ts';
import { noCalendar } from './shifts.rules.ts';

/** A plant's calendar in a response: the version in force, and all versions. */
export const viewOf = ({ id, version, timezone, calendars }: PlantRow, now: string): z.infer<typeof shiftsView> => {
  const versions: CalendarVersion[] = calendars.length === 0 ? [noCalendar(timezone)] : calendars;
  return { plant_id: id, version, ...inForce(versions, now), versions };
};
