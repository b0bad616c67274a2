import { Fraction } from './fraction.ts';
import { inForce, type Line, type Product } from './raw-rows.ts';
import type { Run } from './runs.ts';
import type { Schedule } from './schedule.ts';

/**
 * The ideal cycle at the batch's start, or without a batch at the shift's start: the product's rate on the line, else
 * the line's own.
 */
export function priOf(
  { line, schedule }: { readonly line: Line; readonly schedule: Schedule },
  products: readonly Product[],
  run: Run | undefined,
  productId: string | null,
  at: number,
): Fraction {
  const since = run?.from ?? schedule.at(at)?.startsAt ?? at;
  const made = run ? run.product_id : productId;
  const rates = products.find(({ id }) => id === made)?.rates.filter(({ line_id }) => line_id === line.id) ?? [];
  return inForce(rates, since)?.cycleMs ?? inForce(line.prices, since)?.cycleMs ?? Fraction.zero;
}
