/** Checks the dashboard: KPIs of now and of today, and the losses of a period. */
import { Fraction } from './fraction.ts';
import { inMinutes, sharesOf, type Findings } from './findings.ts';
import { sumOf } from './check-money.ts';
import { windowQuery, type Ask, type Recomputed } from './recomputed.ts';
import { fractionsOf } from './fractions-of.ts';
import { termsOf, type Ladder, type Window } from './terms.ts';

type Share = { total: number; percentage: number | null };
type Overview = {
  kpis: Record<string, number | null>;
  money_leaks: {
    total_amount_usd: number;
    by_category: (Share & { category: string })[];
    top_lines: (Share & { line_id: string })[];
  };
  active_trials: number;
  recent_scrap_events: number;
  generated_at: string;
  degraded: string[];
};
const DAY_MS = 86_400_000;

/** The local day of the plant, up to an instant. */
const todayOf = ({ life }: Ladder, now: number): Window => ({ from: life.schedule.midnightBefore(now), to: now });

const lostToday = (known: Recomputed): Fraction =>
  Fraction.sum(
    known.in({}).flatMap((ladder) => {
      const { ms } = termsOf([ladder], todayOf(ladder, known.now));
      return ['unplanned_stop_minutes', 'delay_minutes', 'micro_stop_minutes'].map((term) => ms[term] as Fraction);
    }),
  );

export async function checkOverview(ask: Ask, known: Recomputed, findings: Findings, window: Window): Promise<void> {
  const asked = Date.now();
  const shown = await ask<Overview>('/overview', windowQuery(window));
  const answered = Date.now();
  const [earliest, latest] = [known.at(asked), known.at(answered)];
  const { rows } = latest;
  findings.same('overview degraded', shown.degraded, []);
  const active = rows.lines.filter(({ is_active }) => is_active);
  const open = new Set(rows.stops.filter(({ to }) => to === null).map(({ line_id }) => line_id));
  findings.same('total_lines', shown.kpis['total_lines'], active.length);
  findings.same('active_lines', shown.kpis['active_lines'], active.filter(({ id }) => !open.has(id)).length);
  const runs = known.in({}).flatMap(({ life }) => life.runs);
  const running = runs.filter(({ spans }) => spans.at(-1)?.to === Infinity);
  findings.same('running_batches', shown.kpis['running_batches'], running.length);
  const since = Date.parse(shown.generated_at) - DAY_MS;
  findings.same('recent_scrap_events', shown.recent_scrap_events, rows.scraps.filter(({ at }) => at >= since).length);

  const { oee } = fractionsOf(termsOf(latest.in({}), window));
  findings.number('average_oee', shown.kpis['average_oee'], oee?.times(Fraction.of(100)) ?? null, 2);
  const today = latest
    .in({})
    .flatMap((ladder) =>
      latest.postingsIn({ line_id: ladder.life.line.id }, { ...todayOf(ladder, latest.now), to: Infinity }),
    );
  findings.cents(
    'total_scrap_cost_today',
    shown.kpis['total_scrap_cost_today'] ?? undefined,
    sumOf(today.filter(({ isReject }) => isReject)),
  );
  // An open stop lasts longer during the request, so the minutes are between those before and those after it.
  const minutes = Fraction.of(shown.kpis['total_downtime_minutes_today'] ?? -1);
  const rounding = Fraction.of('0.005');
  const isBetween =
    minutes.plus(rounding).compare(inMinutes(lostToday(earliest))) >= 0 &&
    minutes.minus(rounding).compare(inMinutes(lostToday(latest))) <= 0;
  findings.same(`total_downtime_minutes_today ${minutes.toNumber()}`, isBetween, true);

  const postings = latest.postingsIn({}, window);
  findings.cents('overview total', shown.money_leaks.total_amount_usd, sumOf(postings));
  for (const [name, keyOf, keyShown] of [
    [
      'by_category',
      (row: (typeof postings)[number]) => row.category,
      (item: object) => (item as { category: string }).category,
    ],
    [
      'top_lines',
      (row: (typeof postings)[number]) => row.line_id,
      (item: object) => (item as { line_id: string }).line_id,
    ],
  ] as const) {
    const items: Share[] = shown.money_leaks[name];
    const groups = Map.groupBy(postings, keyOf);
    const named = new Set(items.map(keyShown));
    findings.same(
      `overview ${name}`,
      [...groups.keys()].filter((key) => !named.has(key)),
      [],
    );
    const shares = sharesOf(
      items.map(({ total }) => Fraction.of(total)),
      0,
    );
    for (const [index, item] of items.entries()) {
      findings.cents(`overview ${name} ${keyShown(item)}`, item.total, sumOf(groups.get(keyShown(item)) ?? []));
      findings.number(`overview ${name} ${keyShown(item)} share`, item.percentage, shares[index] ?? null);
    }
  }
}
