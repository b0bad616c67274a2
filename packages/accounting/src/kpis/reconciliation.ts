import type { Cell, Legs } from './cells.ts';
import { exact, sum, ZERO, type Decimal } from '../numbers/exact.ts';
import type { Category } from '../postings/posting.ts';

export const LEG_NAMES = [
  'downtime_loss',
  'changeover_loss',
  'speed_loss',
  'scrap_loss',
  'quality_loss',
  'startup_loss',
] as const satisfies readonly (keyof Legs)[];

/** The ladder compared with the ledger, in decimal milliseconds; the imbalance in whole milliseconds. */
export interface Reconciliation {
  readonly pbt_ms: number;
  readonly good_ms: string;
  readonly unposted_ms: string;
  /** The legs of the ladder. */
  readonly source: Legs;
  /** The legs of the ledger. */
  readonly ledger: Legs;
  readonly imbalance_ms: number;
}

/**
 * Compares whole cells with the ledger's rows of the same time (reversals included, manual rows excluded):
 * imbalance = Σ |source leg - ledger leg| + |PBT - good - Σ ledger legs - unposted|.
 */
export function reconcile(
  cells: readonly Pick<Cell, 'terms' | 'legs' | 'unposted_ms'>[],
  rows: readonly { readonly category: Category; readonly time_ms: string }[],
): Reconciliation {
  const pbt_ms = cells.reduce((total, cell) => total + cell.terms.pbt_ms, 0);
  const good = sum(cells.map((cell) => cell.terms.ideal_good_ms));
  const unposted = sum(cells.map((cell) => cell.unposted_ms));
  const source = legs((leg) => sum(cells.map((cell) => cell.legs[leg])));
  const ledger = legs((leg) => sum(rows.filter((row) => row.category === leg).map((row) => row.time_ms)));
  const apart = sum(LEG_NAMES.map((leg) => exact(source[leg]).minus(ledger[leg]).abs()));
  const rest = exact(pbt_ms)
    .minus(good)
    .minus(sum(Object.values(ledger)))
    .minus(unposted);
  return {
    pbt_ms,
    good_ms: good.toFixed(),
    unposted_ms: unposted.toFixed(),
    source,
    ledger,
    imbalance_ms: ZERO.plus(apart).plus(rest.abs()).round().toNumber(),
  };
}

function legs(value: (leg: keyof Legs) => Decimal): Legs {
  const text = (leg: keyof Legs): string => value(leg).toFixed();
  return {
    downtime_loss: text('downtime_loss'),
    changeover_loss: text('changeover_loss'),
    speed_loss: text('speed_loss'),
    scrap_loss: text('scrap_loss'),
    quality_loss: text('quality_loss'),
    startup_loss: text('startup_loss'),
  };
}
