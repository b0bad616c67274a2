/**
 * The life of a stop: open -> ended; it may be acknowledged, amended at any time, or voided. Decisions only: each
 * function takes the stop, the command, what is known of its line and reasons, and now. It returns the fields that
 * change, or throws a problem.
 */
import { notAhead, notTooLong, Problem, type DowntimeRow, type LinePrice, type rowFields } from '@plantops/contracts';
import { flagsOf, plannedByDefault, type Reasons } from '../reasons/reason.rules.ts';

export type Stop = Omit<DowntimeRow, keyof typeof rowFields>;
type Changes = Partial<Stop>;
/** What a decision needs besides the stop itself. */
export type Known = {
  /** The line's versions: the micro-stop threshold is the one in force when the stop began. */
  readonly versions: readonly Pick<LinePrice, 'valid_from' | 'micro_stop_seconds'>[];
  /** The tenant's reasons that the stop and the command name, by code. */
  readonly reasons: Reasons;
  /**
   * The times of the other parts of a split stop: thresholds apply to the whole, with the value in force at its
   * start.
   */
  readonly others?: OtherParts | undefined;
};
export type OtherParts = { readonly since: string; readonly until: string | null };

const notBefore = ({ start_time }: Stop, acknowledgedAt: string) => {
  if (acknowledgedAt < start_time)
    throw Problem.field('acknowledged_at', `must not be before start_time, ${start_time}`);
};
const minutesBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 60_000;

/** The version of a line that is in force at an instant. The first one reaches back without limit. */
export const inForceAt = <V extends Pick<LinePrice, 'valid_from'>>(versions: readonly V[], at: string): V | undefined =>
  versions.findLast(({ valid_from }) => valid_from === null || valid_from <= at) ?? versions[0];

const thresholdAt = ({ versions }: Known, at: string): number => inForceAt(versions, at)?.micro_stop_seconds ?? 0;

const isMicro = (known: Known, start_time: string, end_time: string | null): boolean => {
  const whole = hullOf({ since: start_time, until: end_time }, known.others);
  return whole.until !== null && minutesBetween(whole.since, whole.until) * 60 < thresholdAt(known, whole.since);
};
const hullOf = (one: OtherParts, other: OtherParts | undefined): OtherParts => {
  if (other === undefined) return one;
  const lasts = one.until === null || other.until === null;
  const until = lasts ? null : one.until > other.until ? one.until : other.until;
  return { since: one.since < other.since ? one.since : other.since, until };
};

/** The fields that follow from others: status, duration, response time, and whether it was a micro-stop. */
const derived = (stop: Stop, known: Known): Stop => {
  const { start_time, end_time, acknowledged_at } = stop;
  const duration_minutes = end_time === null ? null : minutesBetween(start_time, end_time);
  // The threshold applies to the whole reported stop, and only where the minutes are lost: never to planned ones,
  // changeovers or ramp-up.
  const losing = !stop.is_planned && stop.reason_category !== 'changeover' && stop.phase === 'production';
  return {
    ...stop,
    status: end_time === null ? 'open' : 'ended',
    duration_minutes,
    is_micro_stop: losing && isMicro(known, start_time, end_time),
    // A stop that moved after it was acknowledged may begin later than that: it was acknowledged at once.
    response_time_minutes: acknowledged_at === null ? null : Math.max(0, minutesBetween(start_time, acknowledged_at)),
  };
};

const checked = (stop: Stop, known: Known, now: string, command: Changes): Stop => {
  notAhead('start_time', stop.start_time, now);
  if (stop.end_time !== null) notAhead('end_time', stop.end_time, now);
  if (stop.end_time !== null && stop.end_time <= stop.start_time)
    throw Problem.field('end_time', `must be after start_time, ${stop.start_time}`);
  if (stop.end_time !== null) notTooLong('end_time', stop.start_time, stop.end_time);
  // A late report may have moved the start behind the acknowledgement: that is no fault of this command.
  const movesStart = command.start_time !== undefined || command.acknowledged_at !== undefined;
  if (movesStart && stop.acknowledged_at !== null) notBefore(stop, stop.acknowledged_at);
  return derived(stop, known);
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
  is_overlapping: false,
  origin_id: null,
  reason_source: null,
  is_end_assumed: false,
  is_excluded: false,
  is_failure: false,
  is_unavoidable: false,
  voided_at: null,
  void_reason: null,
} as const;

/** A new stop, open or ended. Its category is the reported one, otherwise that of its reason. */
export const start = (
  command: Changes & Pick<Stop, 'line_id' | 'start_time' | 'source'>,
  known: Known,
  now: string,
): Stop => {
  const reason_code = command.reason_code ?? null;
  const reason_category = command.reason_category ?? known.reasons.get(reason_code ?? '')?.category ?? 'unknown';
  const is_planned = command.is_planned ?? plannedByDefault({ reason_category, reason_code }, known.reasons);
  const flags = flagsOf({ reason_category, reason_code }, known.reasons);
  return checked({ ...blank, ...command, ...flags, reason_category, is_planned }, known, now, command);
};

const live = (stop: Stop, verb: string): void => {
  if (stop.voided_at !== null) throw new Problem('illegal_transition', `the stop was voided: it cannot be ${verb}`);
};

export const acknowledge = (
  stop: Stop,
  command: { acknowledged_at: string; acknowledged_by: string },
  now: string,
): Changes => {
  live(stop, 'acknowledged');
  if (stop.acknowledged_at !== null)
    throw new Problem(
      'illegal_transition',
      `${stop.acknowledged_by} acknowledged it at ${stop.acknowledged_at} already`,
    );
  notAhead('acknowledged_at', command.acknowledged_at, now);
  notBefore(stop, command.acknowledged_at);
  return { ...command, response_time_minutes: minutesBetween(stop.start_time, command.acknowledged_at) };
};

export const end = (stop: Stop, command: Changes & { end_time: string }, known: Known, now: string): Changes => {
  live(stop, 'ended');
  if (stop.status === 'ended' && !stop.is_end_assumed)
    throw new Problem('illegal_transition', `the stop ended at ${stop.end_time} already: amend it instead`);
  return amend(stop, command, known, now);
};

/**
 * A stop ends, assumed, where units prove that the line runs; undefined: nothing proves it. A start that was corrected
 * may open it again. An end that somebody gave stays.
 */
export const assumeEnd = (stop: Stop, end_time: string | undefined, known: Known): Changes => {
  const assumed = end_time ?? null;
  if (stop.voided_at !== null || stop.end_time === assumed) return {};
  if (stop.end_time !== null && !stop.is_end_assumed) return {};
  const { status, duration_minutes, is_micro_stop } = derived({ ...stop, end_time: assumed }, known);
  return { end_time: assumed, is_end_assumed: assumed !== null, status, duration_minutes, is_micro_stop };
};

/** The fields of a stop that follows from states and from what people said of it. Nobody asks, so nothing is refused. */
export const following = (
  stop: Stop | Pick<Stop, 'line_id' | 'source'>,
  fields: Changes & Pick<Stop, 'start_time'>,
  known: Known,
): Stop => {
  const before = { ...blank, is_planned: false, reason_category: 'unknown', ...stop } as const;
  const reason_category = fields.reason_category ?? before.reason_category;
  const reason_code = fields.reason_code === undefined ? before.reason_code : fields.reason_code;
  const isNew = !('status' in stop) || !isSameReason(stop, { reason_category, reason_code });
  const flags = isNew ? flagsOf({ reason_category, reason_code }, known.reasons) : {};
  return derived({ ...before, ...fields, ...flags, reason_category, reason_code }, known);
};

type Reasoned = Pick<Stop, 'reason_category' | 'reason_code'>;
const isSameReason = (one: Reasoned, other: Reasoned): boolean =>
  one.reason_category === other.reason_category && one.reason_code === other.reason_code;

/** The meaning of a new reason, by the present tree. A stop keeps the meaning its own reason had when it was set. */
const meaningOf = (stop: Stop, reason: Reasoned, reasons: Reasons) => ({
  ...flagsOf(reason, reasons),
  is_planned: stop.is_planned === plannedByDefault(stop, reasons) ? plannedByDefault(reason, reasons) : stop.is_planned,
});

/** A correction. Category and `is_planned` follow a changed reason, unless the command or an earlier one sets them. */
export const amend = (stop: Stop, command: Changes, known: Known, now: string): Changes => {
  live(stop, 'amended');
  const reason_code = command.reason_code === undefined ? stop.reason_code : command.reason_code;
  const named = command.reason_code === undefined ? undefined : known.reasons.get(reason_code ?? '')?.category;
  const reason_category = command.reason_category ?? named ?? stop.reason_category;
  const meant = isSameReason(stop, { reason_category, reason_code })
    ? {}
    : meaningOf(stop, { reason_category, reason_code }, known.reasons);
  const planned = command.is_planned === undefined ? {} : { is_planned: command.is_planned };
  const changed = checked({ ...stop, ...command, reason_category, ...meant, ...planned }, known, now, command);
  const {
    is_planned,
    status,
    duration_minutes,
    is_micro_stop,
    response_time_minutes,
    is_excluded,
    is_failure,
    is_unavoidable,
  } = changed;
  const flags = { is_planned, is_micro_stop, is_excluded, is_failure, is_unavoidable };
  // A reason that somebody gives is the stop's own.
  const isReasoned = command.reason_category !== undefined || command.reason_code !== undefined;
  const source = isReasoned && stop.reason_source !== null ? { reason_source: null } : {};
  const given = command.end_time === undefined ? {} : { is_end_assumed: false };
  return {
    ...command,
    ...source,
    ...given,
    reason_category,
    status,
    duration_minutes,
    response_time_minutes,
    ...flags,
  };
};

/**
 * Cuts an ended stop in two. The parts stay one stop for thresholds and failures: they share its id as their origin.
 */
export const split = (
  stop: Stop & { id: string },
  { at, ...fields }: Changes & { at: string },
  known: Known,
  now: string,
): { first: Changes; second: Stop } => {
  live(stop, 'split');
  if (stop.end_time === null)
    throw new Problem('illegal_transition', 'the stop is still open: end it before you split it');
  if (at <= stop.start_time || at >= stop.end_time)
    throw Problem.field('at', `must lie inside the stop, after ${stop.start_time} and before ${stop.end_time}`);
  const origin_id = stop.origin_id ?? stop.id;
  const first = amend(
    stop,
    { end_time: at },
    { ...known, others: hullOf({ since: at, until: stop.end_time }, known.others) },
    now,
  );
  const {
    line_id,
    batch_id,
    batch_number,
    start_time: from,
    end_time,
    phase,
    reported_by,
    resolved_by,
    source,
    is_overlapping,
    is_end_assumed,
  } = stop;
  const { reason_category, reason_code, is_planned, description } = stop;
  const explained = fields.reason_code !== undefined || fields.reason_category !== undefined;
  const second = start(
    {
      line_id,
      batch_id,
      batch_number,
      end_time,
      phase,
      reported_by,
      resolved_by,
      source,
      is_overlapping,
      is_end_assumed,
      ...(explained ? {} : { reason_category, reason_code, is_planned, description }),
      ...fields,
      start_time: at,
      origin_id,
    },
    { ...known, others: hullOf({ since: from, until: at }, known.others) },
    now,
  );
  return { first: { ...first, origin_id }, second };
};

export const voidStop = (stop: Stop, reason: string, now: string): Changes => {
  live(stop, 'voided again');
  return { voided_at: now, void_reason: reason };
};
