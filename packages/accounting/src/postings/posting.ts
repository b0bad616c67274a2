/** The seven loss categories (Nakajima's six big losses, with yield and changeover separate). */
export type Category =
  | 'scrap_loss'
  | 'downtime_loss'
  | 'speed_loss'
  | 'yield_loss'
  | 'quality_loss'
  | 'changeover_loss'
  | 'startup_loss';

/** The rule that wrote a row. Stops: their state in the ladder. Rejects: logged, or computed when the batch closed. */
export type Rule =
  | 'stop'
  | 'delay'
  | 'changeover'
  | 'ramp_up'
  | 'micro_stop'
  | 'scrap'
  | 'startup_scrap'
  | 'rework'
  | 'downgrade'
  | 'slow_cycle'
  | 'unexplained_reject'
  | 'unexplained_startup_reject'
  | 'unexplained_rework'
  /** Unexplained rejects in ramp-up minutes: only their units are priced, because the minutes are posted already. */
  | 'ramp_up_reject'
  | 'ramp_up_startup_reject'
  | 'ramp_up_rework'
  /** Unexplained rejects without busy time of their batch before them. */
  | 'unplaced_reject'
  | 'unplaced_startup_reject'
  | 'unplaced_rework'
  | 'yield';

/** The version of the rules in this package. Every row has it. */
export const RULE_VERSION = 1;

/**
 * A row that the ledger should have. amount = quantity × unit_cost + time_ms / 1 h × hourly_cost, without a leg whose
 * price is null, rounded half away from zero to 4 decimals. (slow_cycle: limited once per batch, see `clampedAmounts`.)
 * Decimal strings; times in epoch milliseconds.
 */
export interface Posting {
  readonly category: Category;
  readonly rule: Rule;
  readonly rule_version: number;
  readonly source_type: 'downtime' | 'scrap' | 'batch';
  readonly source_id: string;
  readonly batch_id: string | null;
  readonly product_id: string | null;
  readonly quantity: string | null;
  /** The value of one unit; for scrap, cost less salvage. */
  readonly unit_cost: string | null;
  /** The machine time of the row, whole or decimal milliseconds, also when it is not priced. */
  readonly time_ms: string;
  /** The price of an hour; null when the unit's cost already contains the time. */
  readonly hourly_cost: string | null;
  /** Money, 4 decimals. */
  readonly amount: string;
  readonly occurred_from: number;
  readonly occurred_to: number;
  /** YYYY-MM-DD: the start day of the shift, else the local day. */
  readonly business_date: string;
  readonly is_avoidable: boolean;
}
