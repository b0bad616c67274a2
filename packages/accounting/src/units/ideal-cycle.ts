import { shiftAt } from '../time/calendar.ts';
import { exact, ZERO, type Decimal } from '../numbers/exact.ts';
import { versionAt, type Batch, type LineFacts } from '../facts.ts';

/** What of a batch's run decides its cycle. */
interface CycledRun {
  readonly from: number;
  readonly batch: Pick<Batch, 'product_id'>;
}

export interface CycledUnit {
  readonly at: number;
  /** The product of units without a batch. */
  readonly product_id?: string | null;
}

/**
 * PRI, the ideal cycle in milliseconds per unit: the product's rate on the line, else the line's own, in the version at
 * the batch's start (without a batch: at the shift's start). Undefined while the line's prices are unknown.
 */
export function idealCycleMs(facts: LineFacts, run: CycledRun | undefined, unit: CycledUnit): Decimal | undefined {
  const product_id = run === undefined ? (unit.product_id ?? null) : run.batch.product_id;
  const since = run?.from ?? shiftAt(facts, unit.at)?.starts_at ?? unit.at;
  const rate = product_id === null ? null : versionAt(facts.rates.get(product_id) ?? [], since);
  const seconds = rate ?? versionAt(facts.prices, since)?.ideal_cycle_seconds;
  return seconds === undefined ? undefined : exact(seconds).times(1000);
}

/** Like `idealCycleMs`; 0 when it is not known. */
export function idealCycleMsOrZero(facts: LineFacts, run: CycledRun | undefined, unit: CycledUnit): Decimal {
  return idealCycleMs(facts, run, unit) ?? ZERO;
}
