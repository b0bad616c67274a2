/** Checks reconciliation: both sides, time that is not due yet, and the imbalance. */
import { Fraction } from './fraction.ts';
import { inMinutes, type Findings } from './findings.ts';
import { type Moment } from './life.ts';
import { residualOf } from './batch-postings.ts';
import { categoryOf, REJECTS, type Posting } from './posting.ts';
import type { Ask, Recomputed, Scope } from './recomputed.ts';
import { isProduced, momentsIn, pointsIn, spreadIn, termsOf, type Ladder, type Window } from './terms.ts';

export type Reconciliation = {
  effective_from: string;
  effective_to: string;
  pbt_minutes: number;
  good_minutes: number;
  unposted_minutes: number;
  source: Record<string, number>;
  ledger: Record<string, number>;
  imbalance_minutes: number;
};
const LEGS = ['downtime_loss', 'changeover_loss', 'speed_loss', 'scrap_loss', 'quality_loss', 'startup_loss'];
type Legs = Record<string, Fraction>;

/** The time of a window, batch by batch: the legs that should be posted, and time that is not due. */
function sourceOf(ladder: Ladder, window: Window): Legs {
  const legs: Legs = Object.fromEntries([...LEGS, 'pbt', 'good', 'unposted'].map((leg) => [leg, Fraction.zero]));
  const add = (leg: string, time: Fraction) => (legs[leg] = (legs[leg] as Fraction).plus(time));
  for (const run of [null, ...ladder.life.runs]) {
    const pick = (moment: Moment) => moment.run === run;
    const terms = termsOf([ladder], window, pick);
    const isDue = run !== null && run.closed;
    for (const { moment, ms } of momentsIn(ladder, window, pick)) {
      const leg = categoryOf(moment.state);
      if (leg !== undefined) add(moment.stop?.to === null ? 'unposted' : leg, Fraction.of(ms));
    }
    const spreads = ladder.units.spreads.filter((spread) => spread.run === run);
    const made = [
      ...pointsIn(ladder, window, pick).filter(isProduced),
      ...spreads.map((spread) => ({ ...spread, logged: undefined, quantity: spreadIn(ladder, spread, window, pick) })),
    ];
    for (const { kind, quantity, priMs, logged } of made)
      if (kind !== 'good') add(logged || isDue ? REJECTS[kind] : 'unposted', quantity.times(priMs));
    add(isDue && !ladder.units.uncounted.has(run) ? 'speed_loss' : 'unposted', residualOf(terms));
    add('pbt', terms.ms['pbt_minutes'] as Fraction);
    add('good', terms.ms['ideal_minutes_good'] as Fraction);
  }
  return legs;
}

/** Σ |source leg - ledger leg| + |PBT - good - Σ ledger legs - unposted|, whole milliseconds. */
function imbalanceOf(source: Legs, ledger: Legs): Fraction {
  const of = (legs: Legs, leg: string) => legs[leg] as Fraction;
  const apart = Fraction.sum(LEGS.map((leg) => of(source, leg).minus(of(ledger, leg)).abs()));
  const posted = Fraction.sum(LEGS.map((leg) => of(ledger, leg)));
  return apart
    .plus(of(source, 'pbt').minus(of(source, 'good')).minus(posted).minus(of(source, 'unposted')).abs())
    .rounded(0);
}

export const askReconciliation = (ask: Ask, scope: Scope, window: Window): Promise<Reconciliation> =>
  ask('/money-leaks/reconciliation', {
    ...scope,
    from: new Date(window.from).toISOString(),
    to: new Date(window.to).toISOString(),
  });

/**
 * Asks for a window that ends after now. The answer has its effective end, and is computed as of then. `ledger`: its
 * expected rows.
 */
export async function checkLegs(
  ask: Ask,
  known: Recomputed,
  findings: Findings,
  scope: Scope,
  window: Window,
  ledger?: readonly Posting[],
): Promise<Reconciliation> {
  const shown = await askReconciliation(ask, scope, window);
  const until = Date.parse(shown.effective_to);
  const effective = { from: Date.parse(shown.effective_from), to: until };
  const then = known.at(until);
  const sources = then.in(scope).map((ladder) => sourceOf(ladder, effective));
  const source = Object.fromEntries(
    [...LEGS, 'pbt', 'good', 'unposted'].map((leg) => [
      leg,
      Fraction.sum(sources.map((legs) => legs[leg] as Fraction)),
    ]),
  );
  const rows = (ledger ?? then.postingsIn(scope, effective)).filter(({ source_type }) => source_type !== 'manual');
  const posted = Object.fromEntries(
    LEGS.map((leg) => [leg, Fraction.sum(rows.filter(({ category }) => category === leg).map(({ timeMs }) => timeMs))]),
  );
  const what = `reconciliation ${JSON.stringify(scope)}`;
  for (const leg of LEGS) {
    findings.number(`${what} source ${leg}`, shown.source[leg], inMinutes(source[leg] as Fraction));
    findings.number(`${what} ledger ${leg}`, shown.ledger[leg], inMinutes(posted[leg] as Fraction));
  }
  for (const term of ['pbt', 'good', 'unposted'] as const)
    findings.number(`${what} ${term}`, shown[`${term}_minutes`], inMinutes(source[term] as Fraction));
  findings.number(`${what} imbalance`, shown.imbalance_minutes, inMinutes(imbalanceOf(source, posted)));
  return shown;
}
