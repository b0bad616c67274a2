/**
 * The departures of a line from running, and their parts. A departure lasts from the instant at which the line leaves
 * running (or first reports) until it runs again. It is cut where the loss changes, not at each report.
 */
import {
  latestEnd,
  lateUnitMs,
  reasonCategory,
  type LinePrice,
  type LineState,
  type ReasonCategory,
} from '@plantops/contracts';
import { inForceAt } from '../downtimes/downtime.rules.ts';
import { flagsOf, plannedByDefault, type Reasons } from '../reasons/reason.rules.ts';
import { heldOf, type Report } from './held.rules.ts';
import type { Interval } from './time.rules.ts';

/** The time in which a batch ran. */
export type BatchInterval = Interval;
export type Reason = {
  readonly reason_category: ReasonCategory;
  readonly reason_code: string | null;
  readonly is_planned: boolean;
};
/** A part of a departure: one loss, with the reason that its states tell. */
export type Part = Interval &
  Reason & {
    readonly departure: Interval;
    /** Whether no report ended it: units prove that the line runs. */
    readonly is_end_assumed: boolean;
  };

/** What the time of a part is lost to, in the ladder of time. */
type Loss = 'own_stop' | 'delay' | 'changeover' | 'planned' | 'excluded';
/** One state of a departure. Idle time is cut where batches start and end. */
type Piece = Interval & {
  readonly state: LineState;
  readonly reason: Reason;
  /** undefined: a stop without a reason code takes the loss of its neighbour. */
  readonly loss: Loss | undefined;
  /** How long it is known to have lasted, milliseconds: an open one up to the last report. */
  readonly known_ms: number;
};

/** The time in which units may prove that the line runs although its last state says that it does not. */
export type Unproven = { readonly since: string; readonly after: string; readonly before: string | null };
type Versions = readonly Pick<
  LinePrice,
  'valid_from' | 'units_end_stops' | 'late_unit_seconds' | 'ideal_cycle_seconds'
>[];

/** Until then, units that are counted may have been made before an instant. */
export const lateUnitsUntil = (versions: Versions, since: string): string => {
  const version = inForceAt(versions, since);
  return new Date(Date.parse(since) + (version === undefined ? 0 : lateUnitMs(version))).toISOString();
};

/** From when on units end a stop that begins at this instant; undefined: they do not. */
export const provenAfter = (versions: Versions, since: string): string | undefined =>
  inForceAt(versions, since)?.units_end_stops === false ? undefined : lateUnitsUntil(versions, since);

/**
 * Where units may prove that the line runs: after each state other than running, until the next report. An end that is
 * reported replaces an assumed one, so not where the next report says that it runs.
 */
export const unprovenIn = (held: readonly Report[], versions: Versions): Unproven[] =>
  held.flatMap(({ at, state }, index) => {
    const next = held[index + 1];
    if (state === 'running' || next?.state === 'running') return [];
    const after = provenAfter(versions, at);
    const before = next?.at ?? null;
    return after === undefined || (before !== null && before <= after) ? [] : [{ since: at, after, before }];
  });

/**
 * The parts of all departures, in order of time. `runs`: where units prove that the line runs, by the instant of the
 * state before.
 */
export const partsOf = (
  reports: readonly Report[],
  batches: readonly BatchInterval[],
  reasons: Reasons = new Map(),
  runs: ReadonlyMap<string, string> = new Map(),
): Part[] =>
  departuresOf(heldOf(reports), runs).flatMap(({ states, to, is_end_assumed }) => {
    const pieces = states.flatMap((report, index) => piecesOf(report, states[index + 1]?.at ?? to, batches, reasons));
    const departure = { from: (states[0] as Report).at, to };
    return merged(withLosses(pieces)).map((part) => ({
      ...part,
      departure,
      is_end_assumed: is_end_assumed && part.to === to,
    }));
  });

type Departure = { states: Report[]; to: string | null; is_end_assumed: boolean };
const departuresOf = (held: readonly Report[], runs: ReadonlyMap<string, string>): Departure[] => {
  const departures: Departure[] = [];
  let open: Departure | undefined;
  for (const report of held) {
    if (report.state === 'running') {
      if (open) open.to = report.at;
      open = undefined;
      continue;
    }
    if (open) open.states.push(report);
    else departures.push((open = { states: [report], to: null, is_end_assumed: false }));
    const runsFrom = runs.get(report.at);
    if (runsFrom === undefined) continue;
    Object.assign(open, { to: runsFrom, is_end_assumed: true });
    open = undefined;
  }
  return departures;
};

const piecesOf = (
  { at: from, state, reason_code }: Report,
  to: string | null,
  batches: readonly BatchInterval[],
  reasons: Reasons,
): Piece[] => {
  const piece = (interval: Interval, reason: Reason): Piece => ({
    ...interval,
    state,
    reason,
    loss: state === 'stopped' && reason_code === null ? undefined : lossOf(reason, reasons),
    known_ms: to === null ? 0 : Date.parse(interval.to ?? to) - Date.parse(interval.from),
  });
  if (state !== 'idle')
    return [piece({ from, to }, reasonOf(state as Exclude<LineState, 'running' | 'idle'>, reason_code, reasons))];
  const inside = (at: string) => at > from && (to === null || at < to);
  const cuts = [
    ...new Set(batches.flatMap((batch) => (batch.to === null ? [batch.from] : [batch.from, batch.to])).filter(inside)),
  ].sort();
  return [from, ...cuts].map((start, index) => {
    const runs = batches.some((batch) => batch.from <= start && (batch.to === null || start < batch.to));
    return piece({ from: start, to: cuts[index] ?? to }, { ...idleReason(runs), reason_code });
  });
};

/** Idle time is missing demand while no batch runs, and an unexplained stop while one runs. */
const idleReason = (batchRuns: boolean) =>
  batchRuns
    ? ({ reason_category: 'unknown', is_planned: false } as const)
    : ({ reason_category: 'no_demand', is_planned: true } as const);

const BY_STATE: Record<Exclude<LineState, 'running' | 'idle' | 'stopped'>, Omit<Reason, 'reason_code'>> = {
  changeover: { reason_category: 'changeover', is_planned: false },
  planned_stop: { reason_category: 'other', is_planned: true },
  starved: { reason_category: 'starved', is_planned: false },
  blocked: { reason_category: 'blocked', is_planned: false },
};

/**
 * The category of a reason code: from the tenant's tree, or the code is the name of a category. Any other code is
 * kept unchanged.
 */
const reasonOf = (
  state: Exclude<LineState, 'running' | 'idle'>,
  reason_code: string | null,
  reasons: Reasons,
): Reason => {
  const inTree = reasons.get(reason_code ?? '');
  const named = reasonCategory.safeParse(reason_code);
  const category = inTree?.category ?? (named.success ? named.data : undefined);
  if (state === 'stopped') {
    const reason = { reason_category: category ?? 'unknown', reason_code };
    return { ...reason, is_planned: plannedByDefault(reason, reasons) };
  }
  const ownCategory = state === 'planned_stop' && category !== undefined ? { reason_category: category } : {};
  return { ...BY_STATE[state], ...ownCategory, reason_code };
};

const lossOf = (reason: Reason, reasons: Reasons): Loss => {
  if (flagsOf(reason, reasons).is_excluded) return 'excluded';
  if (reason.reason_category === 'changeover') return 'changeover';
  if (reason.is_planned) return 'planned';
  return reason.reason_category === 'starved' || reason.reason_category === 'blocked' ? 'delay' : 'own_stop';
};

/**
 * A stop that is first reported without a code, and then with one, is one stop: it takes the loss of the coded stop
 * right after it, else right before.
 */
const withLosses = (pieces: readonly Piece[]): (Piece & { loss: Loss })[] => {
  const after: (Loss | undefined)[] = [];
  for (let at = pieces.length - 1; at >= 0; at -= 1) {
    const { state, loss } = pieces[at] as Piece;
    after[at] = state === 'stopped' ? (loss ?? after[at + 1]) : undefined;
  }
  let before: Loss | undefined;
  return pieces.map((piece, at) => {
    before = piece.state === 'stopped' ? (piece.loss ?? before) : undefined;
    return { ...piece, loss: piece.loss ?? after[at] ?? before ?? 'own_stop' };
  });
};

const merged = (pieces: readonly (Piece & { loss: Loss })[]): (Interval & Reason)[] => {
  const parts: (Piece & { loss: Loss })[][] = [];
  for (const piece of pieces) {
    const last = parts.at(-1);
    if (last?.[0]?.loss === piece.loss) last.push(piece);
    else parts.push([piece]);
  }
  return parts.map((part) => {
    const coded = part.filter(({ reason }) => reason.reason_code !== null);
    const decisive = coded.length > 0 ? longest(coded, ({ reason }) => reason.reason_code) : part;
    const { reason } = longest(decisive, ({ state }) => state)[0] as Piece;
    const from = (part[0] as Piece).from;
    return { from, to: ended(from, (part.at(-1) as Piece).to), ...reason };
  });
};

/** The pieces with the key that lasted longest; of equal ones the earlier. */
const longest = (pieces: readonly Piece[], keyOf: (piece: Piece) => string | null): Piece[] => {
  const lasted = (all: readonly Piece[]) => all.reduce((total, { known_ms }) => total + known_ms, 0);
  const [first, ...others] = [...Map.groupBy(pieces, keyOf).values()];
  return others.reduce((best, other) => (lasted(other) > lasted(best) ? other : best), first as Piece[]);
};

/** A line that is silent for longer than a stop may last was out of service, not stopped. */
const ended = (from: string, to: string | null): string | null =>
  to !== null && to > latestEnd(from) ? latestEnd(from) : to;
