/**
 * The life of a line by brute force: its time is cut at every edge of every fact, and each moment is decided from all
 * claims on it, one after the other.
 */
import { inForce, type Count, type Line, type Plant, type RawRows, type Scrap, type Stop } from './raw-rows.ts';
import { priOf } from './pri.ts';
import { runsOf, type Run, type Span } from './runs.ts';
import { Schedule, type Shift } from './schedule.ts';

export type { Run };
export type LadderState =
  | 'no_shift'
  | 'excluded'
  | 'planned_stop'
  | 'changeover'
  | 'ramp_up'
  | 'stop'
  | 'delay'
  | 'micro_stop'
  | 'running'
  | 'unassigned';
export type Moment = {
  readonly from: number;
  readonly to: number;
  readonly state: LadderState;
  readonly stop: Stop | null;
  readonly run: Run | null;
  readonly shift: Shift | undefined;
  readonly localDate: string;
  readonly businessDate: string;
};
type Claim = Pick<Stop, 'id' | 'from'> & {
  readonly to: number;
  readonly rank: number;
  readonly state: LadderState;
  readonly isReport: boolean;
  readonly isOpen: boolean;
  readonly stop: Stop | null;
};

const HOUR_MS = 3_600_000;
const RANKS: readonly LadderState[][] = [
  ['excluded'],
  ['planned_stop'],
  ['changeover'],
  ['ramp_up'],
  ['stop', 'micro_stop'],
  ['delay', 'micro_stop'],
  ['running'],
];
const BUSY: ReadonlySet<LadderState> = new Set(['changeover', 'ramp_up', 'stop', 'delay', 'micro_stop', 'running']);
export const isBusy = (moment: Moment): boolean => BUSY.has(moment.state);
const isDelay = ({ reason_category }: Stop): boolean => reason_category === 'starved' || reason_category === 'blocked';

export class Life {
  readonly line: Line;
  readonly plant: Plant;
  readonly now: number;
  readonly schedule: Schedule;
  readonly runs: readonly Run[];
  readonly stops: readonly Stop[];
  readonly counts: readonly Count[];
  readonly scraps: readonly Scrap[];
  readonly moments: readonly Moment[];
  readonly #claims: readonly Claim[];
  readonly #spans: readonly (Span & { readonly run: Run })[];
  readonly #products: RawRows['products'];
  readonly #busy: readonly Span[];

  /** From an instant before the first fact, up to now. */
  constructor(rows: RawRows, line: Line, from: number, now: number) {
    const ofLine = <T extends { line_id: string }>(of: readonly T[]) => of.filter(({ line_id }) => line_id === line.id);
    this.line = line;
    this.plant = rows.plants.find(({ id }) => id === line.plant_id) as Plant;
    this.now = now;
    this.schedule = new Schedule(this.plant, now);
    this.stops = ofLine(rows.stops);
    this.counts = ofLine(rows.counts);
    this.scraps = ofLine(rows.scraps);
    this.#products = rows.products;
    this.runs = runsOf(ofLine(rows.batches), this.counts);
    this.#spans = this.runs
      .flatMap((run) => run.spans.map((span) => ({ ...span, run })))
      .sort((a, b) => a.from - b.from);
    this.#claims = this.#claimsOf(ofLine(rows.states).sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)));
    const loose = this.counts.filter(
      (count) => this.runOf(count) === undefined && count.good.sign() + count.reject.sign() > 0,
    );
    this.#busy = loose.flatMap(({ at }) => this.looseSpanAt(at) ?? []).filter((span) => !this.#hasRun(span));
    const edges = [
      from,
      now,
      ...this.schedule.edges(from, now),
      ...[...this.#claims, ...this.#busy, ...this.#spans].flatMap((span) => [span.from, span.to]),
    ];
    const inside = [...new Set(edges)].filter((edge) => edge >= from && edge <= now).sort((a, b) => a - b);
    this.moments = inside.slice(0, -1).map((edge, index) => this.#momentAt(edge, inside[index + 1] as number));
  }

  /** The batch that runs, and since when and until when. */
  holderAt(at: number): (Span & { readonly run: Run }) | undefined {
    return this.#spans.find(({ from, to }) => from <= at && at < to);
  }

  /**
   * Units belong to the batch that they name; else to the one that stops running at their instant, or runs then. Those
   * that name none and come up to two minutes, or one cycle, after a batch ran are its own.
   */
  runOf({ batch, number, at }: Pick<Count, 'batch' | 'number' | 'at'>): Run | undefined {
    const named = this.runs.find((run) => run.id === batch || (batch === null && run.number === number));
    const before = this.holderAt(at - 1);
    const own = named ?? (before?.to === at ? before : this.holderAt(at))?.run;
    if (own !== undefined || batch !== null || number !== null) return own;
    const last = this.#spans.findLast((span) => span.from <= at);
    return last !== undefined && at - last.to <= this.#lateMs(last.run) ? last.run : undefined;
  }

  /** The shift of units without a batch, or their clock hour where there is no calendar. */
  looseSpanAt(at: number): Span | undefined {
    const before = this.schedule.at(at - 1);
    const instant = before === undefined ? at : at - 1;
    const shift = before ?? this.schedule.at(at);
    if (shift === undefined) return undefined;
    if (shift.isScheduled) return { from: shift.startsAt, to: shift.endsAt };
    const hour = shift.startsAt + Math.floor((instant - shift.startsAt) / HOUR_MS) * HOUR_MS;
    return { from: hour, to: hour + HOUR_MS };
  }

  #lateMs(run: Run): number {
    const cycle = priOf(this, this.#products, run, null, run.from).toNumber();
    return Math.min(HOUR_MS, Math.max(120_000, cycle));
  }

  #hasRun({ from, to }: Span): boolean {
    return this.#spans.some((span) => span.from < to && span.to > from);
  }

  #momentAt(from: number, to: number): Moment {
    const shift = this.schedule.at(from);
    const run = this.holderAt(from)?.run ?? null;
    const localDate = this.schedule.dateAt(from);
    const place = { from, to, run, shift, localDate, businessDate: shift?.date ?? localDate };
    if (shift === undefined) return { ...place, state: 'no_shift', stop: null };
    const heard = this.#claims.filter((claim) => claim.from <= from && from < claim.to);
    // Every later report of any rank wins over an open stop.
    const standing = heard.filter(
      (claim) => !claim.isOpen || !heard.some((other) => other.isReport && other.from > claim.from),
    );
    if (shift.isBreak)
      standing.push({
        id: '',
        from: shift.startsAt,
        to,
        rank: 1,
        state: 'planned_stop',
        isReport: false,
        isOpen: false,
        stop: null,
      });
    const [winner] = standing.sort(
      (a, b) => a.rank - b.rank || Number(b.isReport) - Number(a.isReport) || a.from - b.from || (a.id < b.id ? -1 : 1),
    );
    const isCounted = this.#busy.some((span) => span.from <= from && from < span.to);
    const unclaimed = run !== null || isCounted ? 'running' : 'unassigned';
    return { ...place, state: winner?.state ?? unclaimed, stop: winner?.stop ?? null };
  }

  #claimsOf(states: readonly { at: number; state: string }[]): Claim[] {
    const other = { id: '', isOpen: false, stop: null };
    const running = states.flatMap(({ at, state }, index) =>
      state === 'running'
        ? [
            {
              ...other,
              from: at,
              to: states[index + 1]?.at ?? Infinity,
              rank: 6,
              state: 'running' as const,
              isReport: true,
            },
          ]
        : [],
    );
    const trials = this.#spans.flatMap(({ run, from, to }) =>
      run.trial ? [{ ...other, from, to, rank: 1, state: 'planned_stop' as const, isReport: false }] : [],
    );
    const stops = this.stops.map((stop) => ({
      ...this.#standingOf(stop),
      id: stop.id,
      from: stop.from,
      to: stop.to ?? Infinity,
      isReport: true,
      isOpen: stop.to === null,
      stop,
    }));
    return [...stops, ...running, ...trials];
  }

  /** The state of a stop, by its reason, and by the threshold for the whole reported stop. */
  #standingOf(stop: Stop): Pick<Claim, 'rank' | 'state'> {
    if (stop.is_excluded) return { rank: 0, state: 'excluded' };
    if (stop.reason_category === 'changeover') return { rank: 2, state: 'changeover' };
    if (stop.is_planned) return { rank: 1, state: 'planned_stop' };
    if (stop.phase === 'startup') return { rank: 3, state: 'ramp_up' };
    const rank = isDelay(stop) ? 5 : 4;
    return { rank, state: this.isMicro(stop) ? 'micro_stop' : (RANKS[rank]?.[0] as LadderState) };
  }

  /** The parts of a split stop, or of a departure from running, are measured as one stop. */
  isMicro(stop: Stop): boolean {
    const parts = this.#partsOf(stop);
    const ended = Math.max(...parts.map((part) => this.#endOf(part)));
    return ended - Math.min(...parts.map(({ from }) => from)) < this.thresholdOf(stop);
  }

  /** The threshold in force as the whole stop began, milliseconds. */
  thresholdOf(stop: Stop): number {
    return inForce(this.line.prices, Math.min(...this.#partsOf(stop).map(({ from }) => from)))?.microMs ?? 0;
  }

  /** How long the parts of the whole stop lasted that are unplanned, milliseconds. */
  unplannedOf(stop: Stop, isUnplanned: (part: Stop) => boolean): number {
    return this.#partsOf(stop)
      .filter(isUnplanned)
      .reduce((total, part) => total + this.#endOf(part) - part.from, 0);
  }

  #partsOf({ origin }: Stop): Stop[] {
    return this.stops.filter((part) => part.origin === origin);
  }

  #endOf({ from, to }: Stop): number {
    return to ?? Math.max(from, this.now);
  }
}
