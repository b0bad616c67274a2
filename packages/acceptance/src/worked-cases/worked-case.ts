/** A worked case: the line events of a line, and the figures that the plant must show. */
import { at } from '@plantops/fixtures';
import { becomes, only, percent, table } from './becomes.ts';
import type { CaseLine, Window } from './case-line.ts';
import type { Line, Product, Site } from './case-plant.ts';
import type { LineReport } from './line-events.ts';

/** A part of the day of the worked cases; other times are full instants. */
export const during = (from: string, to: string): Window => ({ from: at(from), to: at(to) });
export const DAY = during('00:00', '24:00');

const NO_LEGS = {
  downtime_loss: 0,
  changeover_loss: 0,
  speed_loss: 0,
  scrap_loss: 0,
  quality_loss: 0,
  startup_loss: 0,
};
type Figures = {
  readonly window: Window;
  /** Availability, performance, quality, OEE, OOE. */
  readonly percent?: readonly (number | null)[];
  readonly terms?: Readonly<Record<string, number>>;
  /**
   * Reconciliation in minutes, for the whole cells that overlap the window. Nothing is unposted, and the imbalance is
   * 0.
   */
  readonly balance?: { readonly pbt: number; readonly good: number; readonly legs: Partial<typeof NO_LEGS> };
  readonly money?: Readonly<Record<string, number>>;
  /** The dollars of all categories. */
  readonly total?: number;
  readonly failures?: { readonly failures: number; readonly mtbf_minutes: number; readonly mttr_minutes: number };
  /** Tables; the first line names the terms. */
  readonly by_shift?: string;
  readonly by_day?: string;
  /** from, to, state, shift, business date; then the masked parts. */
  readonly timeline?: string;
};
export type WorkedCase = {
  readonly title: string;
  readonly code: string;
  readonly site: Site;
  readonly line: Line;
  readonly product?: Product;
  /** Another hourly cost, from an instant on. */
  readonly dearer?: { readonly hourly_cost: number; readonly from: string };
  readonly tape: readonly LineReport[];
  readonly shows: readonly Figures[];
  /** The rows that are not reversed: from, to, rule, minutes, dollars, business date. */
  readonly ledger?: string;
};

/** The cases, each with a line of its own, and each once more with its line events in the reverse order. */
export const inBothOrders = (cases: readonly WorkedCase[]): WorkedCase[] =>
  cases.flatMap((of) => [
    of,
    { ...of, title: `${of.title} (sent in reverse)`, code: `${of.code}-R`, tape: of.tape.toReversed() },
  ]);

/** An instant to the minute in UTC, without the date on the day of the worked cases. */
const short = (instant: string): string => instant.replace('2026-03-02T', '').slice(0, -8);

const termsBy = async (
  line: CaseLine,
  group_by: 'shift' | 'day',
  window: Window,
  names: readonly string[],
): Promise<string[]> =>
  (await line.oeeBy(group_by, window)).map(({ label, terms }) =>
    [label ?? 'none', ...names.map((name) => (terms as Record<string, number>)[name])].join(' '),
  );

async function timelineOf(line: CaseLine, window: Window): Promise<string[]> {
  const { items, masked } = await line.timeline(window);
  return [
    ...items.map(({ from, to, state, shift, business_date }) =>
      [short(from), short(to), state, shift ?? 'none', business_date].join(' '),
    ),
    ...masked.map(({ from, to }) => [short(from), short(to), 'masked'].join(' ')),
  ];
}

const ledgerOf = async (line: CaseLine): Promise<string[]> =>
  (await line.net())
    .map(({ occurred_from, occurred_to, rule, time_minutes, amount_usd, business_date }) => {
      const minutes = Number((time_minutes ?? 0).toFixed(4));
      return [short(occurred_from), short(occurred_to), rule, minutes, amount_usd.toFixed(2), business_date].join(' ');
    })
    .sort();

async function expectFigures(line: CaseLine, expected: Figures): Promise<void> {
  const { window, balance, terms, money, failures, timeline } = expected;
  if (balance !== undefined) {
    const legs = { ...NO_LEGS, ...balance.legs };
    const whole = { pbt_minutes: balance.pbt, good_minutes: balance.good, source: legs, ledger: legs };
    const balanced = { ...whole, unposted_minutes: 0, imbalance_minutes: 0 };
    await becomes(async () => only(await line.reconciliation(window), balanced), balanced);
  }
  if (terms !== undefined) await becomes(async () => only((await line.oee(window)).terms, terms), terms);
  if (expected.percent !== undefined)
    await becomes(async () => {
      const { availability, performance, quality, oee, ooe } = await line.oee(window);
      return [availability, performance, quality, oee, ooe].map(percent).slice(0, expected.percent?.length);
    }, expected.percent);
  if (money !== undefined) await becomes(() => line.money(window), money);
  if (expected.total !== undefined) await becomes(() => line.total(window), expected.total);
  if (failures !== undefined) await becomes(async () => only(await line.reliability(window), failures), failures);
  for (const group of ['shift', 'day'] as const) {
    const [names, ...rows] = table(expected[`by_${group}`] ?? '');
    if (names !== undefined) await becomes(() => termsBy(line, group, window, names.split(' ')), rows);
  }
  if (timeline !== undefined) await becomes(() => timelineOf(line, window), table(timeline));
}

/** Waits until a line with the case's tape shows all of its figures. */
export async function expectCase(line: CaseLine, { shows, ledger }: WorkedCase): Promise<void> {
  for (const figures of shows) await expectFigures(line, figures);
  if (ledger !== undefined) await becomes(() => ledgerOf(line), table(ledger));
}
