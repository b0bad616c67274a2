/**
 * The facts of one line: the input of all computations in this package.
 *
 * Times are epoch milliseconds, intervals half-open [from, to). Money, rates and quantities are decimal strings.
 * Nothing here is derived: every figure is a function of these facts and of `now`.
 */

/** Half-open [from, to) in epoch milliseconds. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

/** Values with the instant from which each is in force, in any order; `null`: since ever. */
export type Versions<T> = readonly { readonly valid_from: number | null; readonly value: T }[];

/**
 * The value in force at an instant. The first version also covers all time before it. Undefined without any version.
 */
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

/** Local times 'HH:MM'; an end at or before its start is on the next day. '24:00' is the next midnight. */
export interface LocalTimes {
  readonly start: string;
  readonly end: string;
}

/** One shift of a day and the breaks inside it. */
export interface ShiftPattern extends LocalTimes {
  readonly name: string;
  readonly breaks: readonly LocalTimes[];
}

/** The times in which a plant is scheduled to work. An overnight shift belongs to the day on which it starts. */
export interface ShiftCalendar {
  /** IANA zone of the local times. */
  readonly timezone: string;
  /** Weekly pattern; weekdays are ISO: 1 Monday … 7 Sunday. */
  readonly weekly: readonly (ShiftPattern & { readonly weekdays: readonly number[] })[];
  /** An exception replaces the whole pattern of its local date; without shifts the plant is closed. */
  readonly exceptions: readonly { readonly date: string; readonly shifts: readonly ShiftPattern[] }[];
}

export type Phase = 'production' | 'startup';

/** A reported stop, as its owner has it now. There are no voided stops. */
export interface Stop {
  readonly id: string;
  readonly from: number;
  /** null: still open. */
  readonly to: number | null;
  readonly reason_category: string;
  readonly reason_code: string | null;
  readonly is_planned: boolean;
  /** The reason excludes the time from planned operation time. */
  readonly is_excluded: boolean;
  /** The reason counts as a failure of the equipment (MTBF, MTTR). */
  readonly is_failure: boolean;
  /** The reason tree says that it could not be avoided. */
  readonly is_unavoidable: boolean;
  readonly phase: Phase;
  /** The batch that the reporter named. Money and KPIs use the batch that ran at the time instead. */
  readonly batch_id: string | null;
  /** The shortest unplanned stop that counts as a stop, in seconds; null: the line's version at the stop's start. */
  readonly micro_stop_seconds: number | null;
  /** The same for all parts of a split stop (threshold and failure apply to the whole stop); absent: its own id. */
  readonly origin_id?: string | null;
  readonly acknowledged_at?: number | null;
}

/** Totals of a batch, in product units; null: not given. */
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
  /** The earlier of completed_at and cancelled_at, or where it was cut; null: it has not ended. */
  readonly to: number | null;
  /** Completed, cancelled after its start, or cut. */
  readonly closed: boolean;
  /**
   * The intervals in which it had the line, in order; null or absent: not derived. Then it runs from its start to its
   * end, or to the start of the next batch.
   */
  readonly runs?: readonly RunningSpan[] | null;
  /** Nobody ended it: it was interrupted, and a third batch started. */
  readonly cut?: boolean;
  readonly totals: BatchTotals;
  /** Material input, in product units. */
  readonly material_input: string | null;
  /** A trial ran as this batch: its time is planned, and its units are in no KPI and no posting. */
  readonly trial: boolean;
}

/** The units since the count before, in product units. There are no voided counts. */
export interface Count {
  readonly id: string;
  readonly at: number;
  readonly good: string;
  readonly reject: string;
  readonly batch_id: string | null;
  /** Whether it names a batch, also one that is not known; absent: where it has a batch_id. */
  readonly is_named?: boolean;
  /** The product of a count without a batch: its rate applies. */
  readonly product_id?: string | null;
}

export type Disposition = 'scrap' | 'rework' | 'downgrade';

/** A scrap event. There are no voided ones. */
export interface Scrap {
  readonly id: string;
  readonly at: number;
  readonly quantity: string;
  readonly disposition: Disposition;
  readonly phase: Phase;
  readonly batch_id: string | null;
  /** Whether it names a batch, also one that is not known; absent: where it has a batch_id. */
  readonly is_named?: boolean;
  readonly product_id: string | null;
  /** Scrap, downgrade: the unit cost, instead of the product's. Rework: the cost of reworking one unit. */
  readonly unit_cost: string | null;
  /** Quantity and unit cost in the other unit that both were given in; null or absent: in the product's own unit. */
  readonly given?: GivenUnits | null;
}

/** Units in another unit than the product's own, and what one of them costs. */
export interface GivenUnits {
  readonly quantity: string;
  readonly unit_cost: string;
}

/** The line's own versioned values. */
export interface LinePrices {
  /** Money per hour of machine time. */
  readonly hourly_cost: string;
  /** Ideal cycle of the line, seconds per unit (PRI when the product has no rate on this line). */
  readonly ideal_cycle_seconds: string;
  readonly micro_stop_seconds: number;
  /** How long after a batch units without a batch are still its own, seconds; absent: 120. */
  readonly late_unit_seconds?: number;
  /** gross: counted good units contain the rejects of their batch or shift, also those found later; absent: good. */
  readonly count_basis?: 'good' | 'gross';
}

/** A product's versioned costs, money per unit. */
export interface ProductCosts {
  readonly unit_cost: string;
  readonly salvage_value: string;
  /** full: unit_cost contains the machine time; material: it does not, so machine minutes are paid separately. */
  readonly cost_basis: 'full' | 'material';
  /** The value of lost material (yield); null: unit_cost. */
  readonly material_cost: string | null;
}

/** An interval in which the line reported `running`, or in which a batch had the line; to null: it still lasts. */
export interface RunningSpan {
  readonly from: number;
  readonly to: number | null;
}

/**
 * All facts of one line that the figures of a window depend on: those in the window, those of every batch and shift
 * that overlaps it (their stops, counts and scrap), and all parts of a split stop. Pass the same calendar objects in
 * each call: their shifts are cached per object.
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

/** A line without any facts. */
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
