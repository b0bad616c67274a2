/**
 * The life of a stop: open -> ended, acknowledged on the way, amended at any time, or voided. Decisions only: each function takes
 * the stop, the command, the line's thresholds and now, and gives the fields that change, or the problem.
 */
import { notAhead, notTooLong, Problem, type DowntimeRow, type LinePrice, type ReasonCategory, type rowFields } from '@plantops/contracts';

export type Stop = Omit<DowntimeRow, keyof typeof rowFields>;
type Changes = Partial<Stop>;
/** The line's versions: the threshold of a micro-stop is the one in force when the stop began. */
type Versions = readonly Pick<LinePrice, 'valid_from' | 'micro_stop_seconds'>[];

const PLANNED_BY_NATURE: ReadonlySet<ReasonCategory> = new Set(['break', 'no_demand']);
/** Whether a stop counts as planned when nobody says: ISO 22400 planned down time for breaks and missing demand, unplanned otherwise. */
export const plannedByDefault = (category: ReasonCategory): boolean => PLANNED_BY_NATURE.has(category);

const notBefore = ({ start_time }: Stop, acknowledgedAt: string) => {
  if (acknowledgedAt < start_time) throw Problem.field('acknowledged_at', `must not be before start_time, ${start_time}`);
};
const minutesBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 60_000;

const thresholdAt = (versions: Versions, at: string): number =>
  (versions.findLast(({ valid_from }) => valid_from === null || valid_from <= at) ?? versions[0])?.micro_stop_seconds ?? 0;

/** What follows from the other fields: status, duration, response time, and whether it was a micro-stop. */
const derived = (stop: Stop, versions: Versions): Stop => {
  const { start_time, end_time, acknowledged_at } = stop;
  const duration_minutes = end_time === null ? null : minutesBetween(start_time, end_time);
  // The threshold applies to the whole reported stop, and only where the minutes are lost: never to planned ones, changeovers or ramp-up.
  const losing = !stop.is_planned && stop.reason_category !== 'changeover' && stop.phase === 'production';
  return {
    ...stop,
    status: end_time === null ? 'open' : 'ended',
    duration_minutes,
    is_micro_stop: losing && duration_minutes !== null && duration_minutes * 60 < thresholdAt(versions, start_time),
    response_time_minutes: acknowledged_at === null ? null : minutesBetween(start_time, acknowledged_at),
  };
};

const checked = (stop: Stop, versions: Versions, now: string): Stop => {
  notAhead('start_time', stop.start_time, now);
  if (stop.end_time !== null) notAhead('end_time', stop.end_time, now);
  if (stop.end_time !== null && stop.end_time <= stop.start_time)
    throw Problem.field('end_time', `must be after start_time, ${stop.start_time}`);
  if (stop.end_time !== null) notTooLong('end_time', stop.start_time, stop.end_time);
  if (stop.acknowledged_at !== null) notBefore(stop, stop.acknowledged_at);
  return derived(stop, versions);
};

const blank = {
  batch_id: null,
  batch_number: null,
  end_time: null,
  duration_minutes: null,
  status: 'open',
  reason_code: null,
  description: null,
  root_cause: null,
  resolution: null,
  is_micro_stop: false,
  phase: 'production',
  units_lost: null,
  reported_by: null,
  acknowledged_by: null,
  acknowledged_at: null,
  resolved_by: null,
  response_time_minutes: null,
  external_id: null,
  voided_at: null,
  void_reason: null,
} as const;

/** A new stop, open or with its end. */
export const start = (
  command: Changes & Pick<Stop, 'line_id' | 'start_time' | 'reason_category' | 'source'>,
  versions: Versions,
  now: string,
): Stop => {
  const is_planned = command.is_planned ?? plannedByDefault(command.reason_category);
  return checked({ ...blank, ...command, is_planned }, versions, now);
};

const live = (stop: Stop, verb: string): void => {
  if (stop.voided_at !== null) throw new Problem('illegal_transition', `the stop was voided: it cannot be ${verb}`);
};

export const acknowledge = (stop: Stop, command: { acknowledged_at: string; acknowledged_by: string }, now: string): Changes => {
  live(stop, 'acknowledged');
  if (stop.acknowledged_at !== null)
    throw new Problem('illegal_transition', `${stop.acknowledged_by} acknowledged it at ${stop.acknowledged_at} already`);
  notAhead('acknowledged_at', command.acknowledged_at, now);
  notBefore(stop, command.acknowledged_at);
  return { ...command, response_time_minutes: minutesBetween(stop.start_time, command.acknowledged_at) };
};

export const end = (stop: Stop, command: Changes & { end_time: string }, versions: Versions, now: string): Changes => {
  live(stop, 'ended');
  if (stop.status === 'ended') throw new Problem('illegal_transition', `the stop ended at ${stop.end_time} already: amend it instead`);
  return amend(stop, command, versions, now);
};

/** A correction. Whether the stop is planned follows a change of its reason, unless somebody has decided that. */
export const amend = (stop: Stop, command: Changes, versions: Versions, now: string): Changes => {
  live(stop, 'amended');
  const category = command.reason_category ?? stop.reason_category;
  const byDefault = stop.is_planned === plannedByDefault(stop.reason_category);
  const is_planned = command.is_planned ?? (byDefault ? plannedByDefault(category) : stop.is_planned);
  const { status, duration_minutes, is_micro_stop, response_time_minutes } = checked({ ...stop, ...command, is_planned }, versions, now);
  return { ...command, is_planned, status, duration_minutes, is_micro_stop, response_time_minutes };
};

export const voidStop = (stop: Stop, reason: string, now: string): Changes => {
  live(stop, 'voided again');
  return { voided_at: now, void_reason: reason };
};
