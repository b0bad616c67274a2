import { batchRuns, runById, runOf, type BatchRun } from '../time/batch-runs.ts';
import { businessDateOf, shiftAt } from '../time/calendar.ts';
import { exact, text6, ZERO, type Decimal } from '../numbers/exact.ts';
import { versionAt, type GivenUnits, type LineFacts, type Scrap, type Stop } from '../facts.ts';
import { idealCycleMs } from '../units/ideal-cycle.ts';
import { layTime, type Piece } from '../time/ladder.ts';
import { roundRow, timeLeg, unitLeg } from '../numbers/money.ts';
import { RULE_VERSION, type Category, type Posting, type Rule } from './posting.ts';
import { timelineOf, type Place } from '../time/timeline.ts';

const STOP_CATEGORY: Partial<Record<Piece['state'], Category>> = {
  stop: 'downtime_loss',
  delay: 'downtime_loss',
  changeover: 'changeover_loss',
  micro_stop: 'speed_loss',
  ramp_up: 'startup_loss',
};

const UNAVOIDABLE_CATEGORIES: ReadonlySet<string> = new Set(['changeover', 'safety', 'utilities']);

/** Whether a stop's loss counts as avoidable, before a person decides otherwise. */
export function isAvoidable(stop: Pick<Stop, 'reason_category' | 'is_unavoidable'>): boolean {
  return !stop.is_unavoidable && !UNAVOIDABLE_CATEGORIES.has(stop.reason_category);
}

/**
 * The rows that the ended stops of these pieces should have: one for each unmasked piece, time × hourly_cost in the
 * version at the piece's start. Planned, excluded and masked time has no row, and an open stop has none until it ends.
 * The pieces must cover the requested stops completely (`layTime` over at least [stop.from, stop.to)).
 */
export function stopPostings(facts: LineFacts, pieces: readonly Piece[], stop_ids?: Iterable<string>): Posting[] {
  const asked = stop_ids === undefined ? undefined : new Set(stop_ids);
  const stops = new Map(facts.stops.map((stop) => [stop.id, stop]));
  const runs = batchRuns(facts);
  const postings: Posting[] = [];
  for (const piece of pieces) {
    const category = STOP_CATEGORY[piece.state];
    const stop = piece.stop_id === null ? undefined : stops.get(piece.stop_id);
    const prices = versionAt(facts.prices, piece.from);
    if (category === undefined || stop === undefined || stop.to === null || prices === undefined) continue;
    if (asked !== undefined && !asked.has(stop.id)) continue;
    const run = piece.batch_id === null ? undefined : runById(runs, piece.batch_id);
    const time_ms = piece.to - piece.from;
    postings.push({
      category,
      rule: piece.state as Rule,
      rule_version: RULE_VERSION,
      source_type: 'downtime',
      source_id: stop.id,
      batch_id: piece.batch_id,
      product_id: run?.batch.product_id ?? null,
      quantity: null,
      unit_cost: null,
      time_ms: String(time_ms),
      hourly_cost: plainText(prices.hourly_cost),
      amount: roundRow(timeLeg(time_ms, prices.hourly_cost)),
      occurred_from: piece.from,
      occurred_to: piece.to,
      business_date: piece.business_date,
      is_avoidable: isAvoidable(stop),
    });
  }
  return postings;
}

/** The kind of reject of a scrap event. Phase startup has priority: such a unit belongs to the ramp-up. */
export function rejectKind(scrap: Pick<Scrap, 'phase' | 'disposition'>): RejectKind {
  if (scrap.phase === 'startup') return 'startup';
  return scrap.disposition === 'scrap' ? 'scrap' : 'rework';
}

/** Disjoint classes of rejects: production scrap, startup scrap, rework and downgrade. */
export type RejectKind = 'scrap' | 'startup' | 'rework';

export const REJECT_CATEGORY: Readonly<Record<RejectKind, Category>> = {
  scrap: 'scrap_loss',
  startup: 'startup_loss',
  rework: 'quality_loss',
};

/**
 * The rows of scrap events: the units of each with their machine time (PRI × quantity; 0 in ramp-up minutes and outside
 * of busy time). No row for a trial's scrap, or while the line's prices or the product's costs are not known: the row
 * is due when they are. Time is laid once for all events.
 */
export function scrapPostings(facts: LineFacts, scraps: readonly Scrap[]): Posting[] {
  const runs = batchRuns(facts);
  const due = scraps
    .map((scrap) => ({ scrap, run: runOf(runs, scrap) }))
    .filter(({ run }) => run?.batch.trial !== true);
  if (due.length === 0) return [];
  // Units are placed at their own instant or before it, in their batch or shift.
  const window = { from: Infinity, to: -Infinity };
  for (const { scrap, run } of due) {
    window.from = Math.min(window.from, scrap.at, run?.from ?? shiftAt(facts, scrap.at - 1)?.from ?? scrap.at);
    window.to = Math.max(window.to, scrap.at + 1);
  }
  const timeline = timelineOf(facts, layTime(facts, window, Infinity).pieces);
  return due.flatMap(({ scrap, run }) => scrapPosting(facts, scrap, run, timeline.place(run, scrap.at)) ?? []);
}

function scrapPosting(
  facts: LineFacts,
  scrap: Scrap,
  run: BatchRun | undefined,
  place: Place | undefined,
): Posting | undefined {
  const occurred = place?.at ?? scrap.at;
  const cycle = idealCycleMs(facts, run, { at: occurred, product_id: scrap.product_id });
  if (cycle === undefined) return undefined;
  const kind = rejectKind(scrap);
  const inPq = place !== undefined && place.piece.state !== 'ramp_up';
  const product_id = scrap.product_id ?? run?.batch.product_id ?? null;
  const legs = rejectLegs(facts, {
    reworked: scrap.disposition === 'rework',
    product_id,
    at: occurred,
    quantity: exact(scrap.quantity),
    time_ms: inPq ? cycle.times(scrap.quantity) : ZERO,
    unit_cost: scrap.unit_cost,
    given: scrap.given ?? null,
  });
  if (legs === undefined) return undefined;
  return {
    category: REJECT_CATEGORY[kind],
    rule: kind === 'startup' ? 'startup_scrap' : scrap.disposition,
    rule_version: RULE_VERSION,
    source_type: 'scrap',
    source_id: scrap.id,
    batch_id: run?.batch.id ?? null,
    product_id,
    ...legs,
    occurred_from: occurred,
    occurred_to: occurred,
    business_date: place?.piece.business_date ?? businessDateOf(facts, occurred),
    is_avoidable: true,
  };
}

export interface RejectUnits {
  /** Reworked units cost machine time and the cost of rework; all others cost their value. */
  readonly reworked: boolean;
  readonly product_id: string | null;
  /** The instant whose version of the prices applies. */
  readonly at: number;
  readonly quantity: Decimal;
  readonly time_ms: Decimal;
  /** The event's own unit cost. */
  readonly unit_cost: string | null;
  /** The same quantity and unit cost as they were given in another unit. */
  readonly given: GivenUnits | null;
}

type RejectLegs = Pick<Posting, 'quantity' | 'unit_cost' | 'time_ms' | 'hourly_cost' | 'amount'>;

/**
 * The amount of rejected units. Scrap, startup, downgrade: quantity × (unit_cost - salvage_value), plus the machine
 * minutes on cost basis `material`. Rework: the machine minutes + quantity × the cost of reworking a unit. Undefined
 * while the costs of the named product are unknown. Units without a product and without their own cost have no value
 * (unit_cost null).
 */
export function rejectLegs(facts: LineFacts, units: RejectUnits): RejectLegs | undefined {
  const prices = versionAt(facts.prices, units.at);
  const costs = units.product_id === null ? undefined : versionAt(facts.products.get(units.product_id) ?? [], units.at);
  if (prices === undefined || (units.product_id !== null && costs === undefined)) return undefined;
  const own = ownCost(units) ?? (units.reworked ? '0' : costs?.unit_cost);
  const value = units.reworked ? exact(own ?? 0) : exact(own ?? 0).minus(costs?.salvage_value ?? 0);
  const unit_cost = value.isNegative() ? ZERO : value;
  const timed = units.reworked || costs?.cost_basis === 'material';
  const time = timed ? timeLeg(units.time_ms, prices.hourly_cost) : ZERO;
  return {
    quantity: text6(units.quantity),
    unit_cost: own === undefined ? null : plainText(unit_cost),
    time_ms: text6(units.time_ms),
    hourly_cost: timed ? plainText(prices.hourly_cost) : null,
    amount: roundRow(unitLeg(units.quantity, unit_cost).plus(time)),
  };
}

const COST_DECIMALS = 18;

/**
 * The event's own unit cost. One that was given in another unit has as many decimals as the amount needs, where six are
 * too few: given quantity × given cost is what was lost.
 */
function ownCost({ quantity, unit_cost, given }: RejectUnits): string | null {
  if (given === null || unit_cost === null) return unit_cost;
  const value = unitLeg(given.quantity, given.unit_cost);
  if (quantity.isZero() || roundRow(unitLeg(quantity, unit_cost)) === roundRow(value)) return unit_cost;
  return plainText(value.div(quantity).toDecimalPlaces(COST_DECIMALS));
}

/** A decimal in plain notation without trailing zeros, so that equal values are equal texts. */
export function plainText(value: string | Decimal): string {
  return exact(value).toFixed();
}
