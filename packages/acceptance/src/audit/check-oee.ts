/** Checks OEE of lines, and by line, product, shift, day and month: all terms and fractions. */
import { Fraction } from './fraction.ts';
import { inMinutes, type Findings } from './findings.ts';
import { titleOf, windowQuery, type Ask, type Recomputed, type Scope } from './recomputed.ts';
import type { Life, Moment } from './life.ts';
import { fractionsOf } from './fractions-of.ts';
import { termsOf, type Terms, type Window } from './terms.ts';

type Shown = { terms: Record<string, number>; flags: string[] } & Record<string, number | null>;
type Groups = { items: (Shown & { group: string | null })[]; total: Shown };

const GROUPS: Record<string, (moment: Moment, life: Life) => string | null> = {
  line: (_moment, { line }) => line.id,
  product: ({ run }) => run?.product_id ?? null,
  shift: ({ shift }) => shift?.key ?? null,
  day: ({ businessDate }) => businessDate,
  month: ({ businessDate }) => businessDate.slice(0, 7),
};

function compare(findings: Findings, what: string, shown: Shown | undefined, terms: Terms): void {
  if (shown === undefined) return findings.same(what, 'missing', 'there');
  for (const [name, ms] of Object.entries(terms.ms))
    findings.number(`${what} ${name}`, shown.terms[name], inMinutes(ms));
  for (const [name, count] of Object.entries(terms.counts))
    findings.number(`${what} ${name}`, shown.terms[name], count);
  for (const [name, fraction] of Object.entries(fractionsOf(terms)))
    findings.number(`${what} ${name}`, shown[name], fraction);
  findings.same(`${what} flags`, shown.flags.toSorted(), [...terms.flags].sort());
}

export async function checkOee(
  ask: Ask,
  known: Recomputed,
  findings: Findings,
  scope: Scope,
  window: Window,
): Promise<void> {
  const ladders = known.in(scope);
  const ofProduct =
    scope.product_id === undefined ? () => true : ({ run }: Moment) => run?.product_id === scope.product_id;
  if (scope.line_id !== undefined && scope.product_id === undefined) {
    const shown = await ask<Shown>(`/lines/${scope.line_id}/oee`, windowQuery(window));
    compare(findings, titleOf('line OEE', scope, window), shown, termsOf(ladders, window));
  }
  for (const [group_by, keyOf] of Object.entries(GROUPS)) {
    const what = titleOf(`OEE by ${group_by}`, scope, window);
    const shown = await ask<Groups>('/oee', { ...scope, ...windowQuery(window), group_by });
    compare(findings, `${what} total`, shown.total, termsOf(ladders, window, ofProduct));
    const isInside = ({ from, to }: Moment) => to > window.from && from < window.to;
    const keys = new Set(
      ladders.flatMap(({ life }) =>
        life.moments.filter((moment) => isInside(moment) && ofProduct(moment)).map((moment) => keyOf(moment, life)),
      ),
    );
    findings.same(
      `${what} groups`,
      shown.items.map(({ group }) => group ?? '').sort(),
      [...keys].map((key) => key ?? '').sort(),
    );
    for (const key of keys) {
      const terms = termsOf(ladders, window, (moment, life) => ofProduct(moment) && keyOf(moment, life) === key);
      compare(
        findings,
        `${what} ${key}`,
        shown.items.find(({ group }) => group === key),
        terms,
      );
    }
  }
}

/** Future time is in no figure: the answer has its effective end. */
export async function checkNow(ask: Ask, known: Recomputed, findings: Findings, from: number): Promise<void> {
  for (const { life } of known.in({})) {
    const window = { from, to: known.now + 3_600_000 };
    const shown = await ask<Shown>(`/lines/${life.line.id}/oee`, windowQuery(window));
    const reached = Fraction.of(shown.terms['calendar_minutes'] ?? 0).times(Fraction.of(60_000));
    const until = from + reached.rounded(0).toNumber();
    findings.same('the window is cut at now', until >= known.now && until <= Date.now(), true);
    compare(
      findings,
      `OEE of ${life.line.code} up to now`,
      shown,
      termsOf(known.at(until).in({ line_id: life.line.id }), { from, to: until }),
    );
  }
}
