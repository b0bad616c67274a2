import { exact } from '../numbers/exact.ts';
import type { Posting } from './posting.ts';

/** A row of the ledger; `reverses_id` is the row that it cancels. */
export interface PostedRow extends Posting {
  readonly id: string;
  readonly reverses_id: string | null;
}

/** A row that cancels another: the same row with negated quantity, time and amount. */
export interface Reversal extends Posting {
  readonly reverses_id: string;
}

export interface Correction {
  readonly reversals: readonly Reversal[];
  readonly postings: readonly Posting[];
}

/**
 * The rows to append so that the net content of the ledger is exactly the wanted rows. Rows with equal content stay,
 * others are reversed, missing ones are posted; no row is updated. Reversals and reversed rows are ignored. The result
 * does not depend on the order of the inputs.
 */
export function correct(current: readonly PostedRow[], wanted: readonly Posting[]): Correction {
  const missing = new Map<string, Posting[]>();
  for (const posting of wanted) {
    const content = contentOf(posting);
    missing.set(content, [...(missing.get(content) ?? []), posting]);
  }
  const reversals: Reversal[] = [];
  for (const row of liveRows(current)) {
    const same = missing.get(contentOf(row));
    if (same !== undefined && same.length > 0) same.pop();
    else reversals.push(reversalOf(row));
  }
  const postings = [...missing.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, rows]) => rows);
  return { reversals, postings };
}

/** The rows that are neither reversals nor reversed, in order of id. */
export function liveRows<T extends PostedRow>(rows: readonly T[]): T[] {
  const reversed = new Set(rows.map((row) => row.reverses_id));
  return rows.filter((row) => row.reverses_id === null && !reversed.has(row.id)).sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The reversal of a row. */
export function reversalOf(row: PostedRow): Reversal {
  const { id, reverses_id: _, ...posting } = row;
  return {
    ...posting,
    quantity: row.quantity === null ? null : negated(row.quantity),
    time_ms: negated(row.time_ms),
    amount: exact(row.amount).negated().plus(0).toFixed(4),
    reverses_id: id,
  };
}

function negated(value: string): string {
  const negative = exact(value).negated();
  return negative.isZero() ? '0' : negative.toFixed();
}

/** The content of a row for comparison. Decimals are equal by value ('1.50' is '1.5'). */
function contentOf(row: Posting): string {
  const decimal = (value: string | null): string | null => (value === null ? null : exact(value).plus(0).toFixed());
  return JSON.stringify([
    row.source_type,
    row.source_id,
    row.rule,
    row.rule_version,
    row.occurred_from,
    row.occurred_to,
    row.category,
    row.batch_id,
    row.product_id,
    decimal(row.quantity),
    decimal(row.unit_cost),
    decimal(row.time_ms),
    decimal(row.hourly_cost),
    decimal(row.amount),
    row.business_date,
    row.is_avoidable,
  ]);
}
