/** Alerts for lines whose events lie ahead of the clock, or arrive too old. */
import type { AlertRow, LineClock } from '@plantops/contracts';
import type { Answers } from './answers.ts';

/** One for each line and side, although the events of a line wait in several services. */
export function lineClocksOf({ production, downtimes }: Answers): LineClock[] {
  const clocks = [...(production?.line_clocks ?? []), ...(downtimes?.line_clocks ?? [])];
  return [...Map.groupBy(clocks, ({ line_id, side }) => `${line_id} ${side}`).values()].map((ofLine) => ({
    ...(ofLine[0] as LineClock),
    events: ofLine.reduce((sum, { events }) => sum + events, 0),
    since: ofLine.map(({ since }) => since).sort()[0] as string,
    offset_minutes: Math.max(...ofLine.map(({ offset_minutes }) => offset_minutes)),
  }));
}

export function lineClockAlert(clock: LineClock, named: (lineId: string) => string): Omit<AlertRow, 'plant_id'> {
  const { line_id, side, events, since, offset_minutes, limit_minutes } = clock;
  const offset = `up to ${lengthOf(offset_minutes)} ${side === 'ahead' ? 'ahead of the clock' : 'old when they arrived'}`;
  return {
    id: `line_clock:${line_id}:${side}`,
    severity: 'medium',
    type: 'line_clock',
    title: `The clock of ${named(line_id)} looks wrong`,
    message: `${events} of its events wait: they are ${offset}`,
    line_id,
    since,
    value: offset_minutes,
    threshold: limit_minutes,
  };
}

const HOUR = 60;
const DAY = 24 * HOUR;
function lengthOf(minutes: number): string {
  if (minutes >= 2 * DAY) return `${Math.floor(minutes / DAY)} days`;
  return minutes >= 2 * HOUR ? `${Math.floor(minutes / HOUR)} hours` : `${minutes} minutes`;
}
