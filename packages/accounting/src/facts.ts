/**
 * What is known about one line, as the accounting reads it.
 *
 * Times are epoch milliseconds, intervals half-open [from, to). Money, rates and quantities are decimal strings.
 * Nothing here is derived: every figure of this package is a function of these facts and of `now`.
 */

/** Half-open [from, to) in epoch milliseconds. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

/** Values with the instant from which each is in force, in any order; `null` reaches back without limit. */
export type Versions<T> = readonly { readonly valid_from: number | null; readonly value: T }[];

/** The value in force at an instant. The first version also covers all time before it; undefined when there is none. */
export function versionAt<T>(versions: Versions<T>, at: number): T | undefined {
  let first: Versions<T>[number] | undefined;
  let latest: Versions<T>[number] | undefined;
  for (const version of versions) {
    const since = version.valid_from ?? -Infinity;
    if (first === undefined || since < (first.valid_from ?? -Infinity)) first = version;
    if (since <= at && (latest === undefined || since >= (latest.valid_from ?? -Infinity))) latest = version;
  }
  return (latest ?? first)?.value;
}

/** Wall-clock span 'HH:MM'; an end at or before its start lies on the next day. '24:00' is the next midnight. */
export interface WallSpan {
  readonly start: string;
  readonly end: string;
}

/** One shift of a day and the breaks inside it. */
export interface ShiftPattern extends WallSpan {
  readonly name: string;
  readonly breaks: readonly WallSpan[];
}

/** When a plant is scheduled to work. An overnight shift belongs to the day on which it starts. */
export interface ShiftCalendar {
  /** IANA zone in which the wall-clock times are read. */
  readonly timezone: string;
  /** Weekly pattern; weekdays are ISO: 1 Monday … 7 Sunday. */
  readonly weekly: readonly (ShiftPattern & { readonly weekdays: readonly number[] })[];
  /** A dated exception replaces the whole pattern of its local date; no shifts: the plant is closed. */
  readonly exceptions: readonly { readonly date: string; readonly shifts: readonly ShiftPattern[] }[];
}

export type Phase = 'production' | 'startup';

/** A reported stop, as its owner knows it now. Voided stops are left out. */
export interface Stop {
  readonly id: string;
  readonly from: number;
  /** null: still open. */
  readonly to: number | null;
  readonly reason_category: string;
  readonly reason_code: string | null;
  readonly is_planned: boolean;
  /** The reason takes the time out of planned operation time altogether. */
  readonly is_excluded: boolean;
  /** The reason counts as a failure of the equipment (MTBF, MTTR). */
  readonly is_failure: boolean;
  /** The reason tree says nobody could have avoided it. */
  readonly is_unavoidable: boolean;
  readonly phase: Phase;
  /** The batch the reporter named. Money and KPIs take the batch by time instead. */
  readonly batch_id: string | null;
  /** Shortest unplanned stop that counts as a stop, in seconds; null: the line's version at the stop's start. */
  readonly micro_stop_seconds: number | null;
  /** Shared by the parts of one split stop (their thresholds and failures are those of the whole); absent: its own id. */
  readonly origin_id?: string | null;
  readonly acknowledged_at?: number | null;
}

/** Totals given for a batch, in product units; null: not given. */
export interface BatchTotals {
  readonly good_count: string | null;
  readonly scrap_count: string | null;
  readonly startup_scrap_count: string | null;
  readonly rework_count: string | null;
}

/** A batch that has started. */
export interface Batch {
  readonly id: string;
  readonly product_id: string | null;
  /** started_at. */
  readonly from: number;
  /** The earlier of completed_at and cancelled_at; null: running. The next batch's start ends it too. */
  readonly to: number | null;
  /** Completed, or cancelled after its start. */
  readonly closed: boolean;
  readonly totals: BatchTotals;
  /** Material that went in, in product units. */
  readonly material_input: string | null;
  /** A trial ran as this batch: planned time, no units in any KPI, no leak. */
  readonly trial: boolean;
}

/** What a counter added since the last report (deltas, in product units). Voided counts are left out. */
export interface Count {
  readonly id: string;
  readonly at: number;
  readonly good: string;
  readonly reject: string;
  readonly batch_id: string | null;
  /** What was made where no batch says it: its rate applies. */
  readonly product_id?: string | null;
}

export type Disposition = 'scrap' | 'rework' | 'downgrade';

/** A logged scrap event. Voided ones are left out. */
export interface Scrap {
  readonly id: string;
  readonly at: number;
  readonly quantity: string;
  readonly disposition: Disposition;
  readonly phase: Phase;
  readonly batch_id: string | null;
  readonly product_id: string | null;
  /** Scrap, downgrade: unit cost instead of the product's. Rework: cost of reworking one unit. */
  readonly unit_cost: string | null;
}

/** The line's own versioned values. */
export interface LinePrices {
  /** Money per hour of machine time. */
  readonly hourly_cost: string;
  /** Ideal cycle of the line, seconds per unit (PRI where the product has no rate on this line). */
  readonly ideal_cycle_seconds: string;
  readonly micro_stop_seconds: number;
}

/** A product's versioned costs, money per unit. */
export interface ProductCosts {
  readonly unit_cost: string;
  readonly salvage_value: string;
  /** full: unit_cost contains the machine time; material: it does not, the minutes are paid beside it. */
  readonly cost_basis: 'full' | 'material';
  /** Values lost material (yield); null: unit_cost. */
  readonly material_cost: string | null;
}

/** A span in which the line's state was `running`; to null: still running. */
export interface RunningSpan {
  readonly from: number;
  readonly to: number | null;
}

/**
 * Everything about ONE line that a window's figures depend on: the window and, beyond it, the whole of every batch
 * and of every shift that touches it (with their stops, counts and scrap), and all parts of a split stop.
 * Keep calendar objects identical between calls: their shifts are cached per object.
 */
export interface LineFacts {
  /** The plant's IANA zone: local days and midnights. */
  readonly timezone: string;
  /** null, or no version at all: every hour is scheduled. */
  readonly calendars: Versions<ShiftCalendar | null>;
  readonly prices: Versions<LinePrices>;
  readonly products: ReadonlyMap<string, Versions<ProductCosts>>;
  /** Ideal cycle by product on this line, seconds per unit; null: the line's own. */
  readonly rates: ReadonlyMap<string, Versions<string | null>>;
  readonly stops: readonly Stop[];
  readonly batches: readonly Batch[];
  readonly counts: readonly Count[];
  readonly scraps: readonly Scrap[];
  readonly running: readonly RunningSpan[];
}

/** A line about which nothing is known yet. */
export const noFacts: LineFacts = {
  timezone: 'UTC',
  calendars: [],
  prices: [],
  products: new Map(),
  rates: new Map(),
  stops: [],
  batches: [],
  counts: [],
  scraps: [],
  running: [],
};
