/** Checks reports about stops: the timeline with its masked parts, minutes by reason, and the cost of each stop. */
import { Fraction } from './fraction.ts';
import { inMinutes, sharesOf, type Findings } from './findings.ts';
import type { Moment } from './life.ts';
import { piecesOf } from './posting.ts';
import { ALWAYS, titleOf, windowQuery, type Ask, type Recomputed, type Scope } from './recomputed.ts';
import { momentsIn, type Ladder, type Window } from './terms.ts';

const iso = (at: number): string => new Date(at).toISOString();
const clipped = ({ life }: Ladder, { from, to }: Window): Moment[] =>
  life.moments
    .map((moment) => ({ ...moment, from: Math.max(from, moment.from), to: Math.min(to, moment.to) }))
    .filter((moment) => moment.from < moment.to);

export async function checkTimeline(
  ask: Ask,
  known: Recomputed,
  findings: Findings,
  line_id: string,
  window: Window,
): Promise<void> {
  const [ladder] = known.in({ line_id }) as [Ladder];
  const moments = clipped(ladder, window);
  const shown = await ask<{ items: Record<string, unknown>[]; masked: Record<string, unknown>[] }>(
    `/lines/${line_id}/timeline`,
    windowQuery(window),
  );
  const expected = piecesOf(moments).map(({ from, to, state, stop, run, shift, businessDate }) => ({
    from: iso(from),
    to: iso(to),
    state,
    downtime_id: stop?.id ?? null,
    reason_category: stop?.reason_category ?? null,
    reason_code: stop?.reason_code ?? null,
    batch_id: run?.id ?? null,
    product_id: run?.product_id ?? null,
    shift: shift?.key ?? null,
    business_date: businessDate,
  }));
  const what = titleOf('timeline', { line_id }, window);
  findings.same(`${what} pieces`, shown.items.length, expected.length);
  for (const [index, piece] of expected.entries()) findings.same(what, shown.items[index], piece);
  const masked = ladder.life.stops.flatMap((stop) => {
    const lost = moments.filter(
      ({ from, stop: winner }) => from >= stop.from && from < (stop.to ?? Infinity) && winner !== stop,
    );
    return lost.reduce<{ from: number; to: number; id: string }[]>((parts, { from, to }) => {
      const last = parts.at(-1);
      if (last?.to === from) last.to = to;
      else parts.push({ from, to, id: stop.id });
      return parts;
    }, []);
  });
  const texts = masked.map(({ from, to, id }) => JSON.stringify({ from: iso(from), to: iso(to), downtime_id: id }));
  findings.same(`${what} masked`, shown.masked.map((part) => JSON.stringify(part)).sort(), texts.sort());
}

type ByReason = {
  items: {
    reason_category: string;
    reason_code: string | null;
    minutes: number;
    count: number;
    cost_usd: number;
    percentage: number | null;
  }[];
};
export async function checkByReason(
  ask: Ask,
  known: Recomputed,
  findings: Findings,
  scope: Scope,
  window: Window,
): Promise<void> {
  const what = titleOf('by reason', scope, window);
  const shown = await ask<ByReason>('/downtimes/by-reason', { ...scope, ...windowQuery(window) });
  const parts = known
    .in(scope)
    .flatMap((ladder) =>
      momentsIn(
        ladder,
        window,
        ({ stop, run }) => stop !== null && (scope.product_id ?? run?.product_id) === run?.product_id,
      ),
    );
  const postings = known.postingsIn(scope, window).filter(({ source_type }) => source_type === 'downtime');
  const groups = Map.groupBy(parts, ({ moment }) =>
    JSON.stringify([moment.stop?.reason_category, moment.stop?.reason_code]),
  );
  findings.same(
    `${what} reasons`,
    shown.items.map((item) => JSON.stringify([item.reason_category, item.reason_code])).sort(),
    [...groups.keys()].sort(),
  );
  const shares = sharesOf(
    shown.items.map((item) =>
      Fraction.of(
        (groups.get(JSON.stringify([item.reason_category, item.reason_code])) ?? []).reduce(
          (total, { ms }) => total + ms,
          0,
        ),
      ),
    ),
    2,
  );
  for (const [index, item] of shown.items.entries()) {
    const of = groups.get(JSON.stringify([item.reason_category, item.reason_code])) ?? [];
    const stops = new Map(of.flatMap(({ moment: { stop } }) => (stop === null ? [] : [[stop.id, stop]])));
    const name = `${what} ${item.reason_category}/${item.reason_code}`;
    findings.number(`${name} minutes`, item.minutes, inMinutes(of.reduce((total, { ms }) => total + ms, 0)));
    findings.same(
      `${name} count`,
      item.count,
      [...stops.values()].filter(({ from }) => from >= window.from && from < window.to).length,
    );
    findings.cents(
      `${name} cost`,
      item.cost_usd,
      Fraction.sum(postings.filter(({ source_id }) => stops.has(source_id)).map(({ amount }) => amount)),
    );
    findings.number(`${name} share`, item.percentage, shares[index] ?? null);
  }
}

export async function checkCosts(ask: Ask, known: Recomputed, findings: Findings): Promise<void> {
  const postings = known.postingsIn({}, ALWAYS);
  for (const { life } of known.in({})) {
    const { items } = await ask<{ items: { id: string; cost_impact: number }[] }>('/downtimes', {
      line_id: life.line.id,
      limit: '500',
    });
    for (const { id, cost_impact } of items)
      findings.number(
        `cost_impact of ${id}`,
        cost_impact,
        Fraction.sum(postings.flatMap(({ source_id, amount }) => (source_id === id ? [amount] : []))),
        4,
      );
  }
}
