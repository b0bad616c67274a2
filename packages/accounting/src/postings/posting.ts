/** The seven loss categories (Nakajima's six big losses, with yield and changeover on their own). */
export type Category = 'scrap_loss' | 'downtime_loss' | 'speed_loss' | 'yield_loss' | 'quality_loss' | 'changeover_loss' | 'startup_loss';

/** Which rule wrote a row. Stops: their state in the ladder. Rejects: logged, or found when the batch closed. */
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
  /** Unexplained rejects inside ramp-up minutes: their units pay, the minutes are paid already. */
  | 'ramp_up_reject'
  | 'ramp_up_startup_reject'
  | 'ramp_up_rework'
  /** Unexplained rejects that no busy time of their batch precedes. */
  | 'unplaced_reject'
  | 'unplaced_startup_reject'
  | 'unplaced_rework'
  | 'yield';

/** Version of the rules in this package, written on every row. */
export const RULE_VERSION = 1;

/**
 * A row as the ledger should hold it. amount = quantity × unit_cost + time_ms / 1 h × hourly_cost, a leg whose price
 * is null left out, rounded half away from zero to 4 decimals. (slow_cycle: clamped once per batch, see
 * `clampedAmounts`.) Decimal strings; times epoch milliseconds.
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
  /** Value of one unit as it was priced: for scrap, cost less salvage. */
  readonly unit_cost: string | null;
  /** Machine time of the row, whole or decimal milliseconds; also where it is not priced. */
  readonly time_ms: string;
  /** Price of an hour where the time is priced; null where the unit's cost already contains it. */
  readonly hourly_cost: string | null;
  /** Money, 4 decimals. */
  readonly amount: string;
  readonly occurred_from: number;
  readonly occurred_to: number;
  /** YYYY-MM-DD: the start day of the shift, else the local day. */
  readonly business_date: string;
  readonly is_avoidable: boolean;
}
