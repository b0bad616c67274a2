/** Checks the mean times between failures, to repair and to acknowledge, of failures that start in the window. */
import { Fraction } from './fraction.ts';
import { inMinutes, type Findings } from './findings.ts';
import { titleOf, windowQuery, type Ask, type Recomputed, type Scope } from './recomputed.ts';
import { momentsIn, type Ladder, type Window } from './terms.ts';

type Figures = {
  failures: number;
  mtbf_minutes: number | null;
  mttr_minutes: number | null;
  mtta_minutes: number | null;
};
type Failure = { from: number; unmasked: number; isRepaired: boolean; response: number | null; ladder: Ladder };
function failuresIn(ladder: Ladder, { from, to }: Window, category?: string): Failure[] {
  const { life } = ladder;
  const isUnplanned = (stop: (typeof life.stops)[number]) =>
    !stop.is_planned && !stop.is_excluded && stop.reason_category !== 'changeover' && stop.phase !== 'startup';
  const isFailure = (stop: (typeof life.stops)[number]) =>
    stop.is_failure &&
    (category ?? stop.reason_category) === stop.reason_category &&
    isUnplanned(stop) &&
    life.unplannedOf(stop, isUnplanned) >= life.thresholdOf(stop);
  return [...Map.groupBy(life.stops.filter(isFailure), ({ origin }) => origin).values()]
    .map((parts) => {
      const began = Math.min(...parts.map((part) => part.from));
      // Who acknowledges a stop after its end did not respond to it.
      const acknowledged = parts.flatMap(({ acknowledged: at, to: end }) =>
        at === null || (end !== null && at >= end) ? [] : [at],
      );
      return {
        from: began,
        unmasked: life.moments.reduce(
          (total, moment) => total + (moment.stop && parts.includes(moment.stop) ? moment.to - moment.from : 0),
          0,
        ),
        isRepaired: parts.every((part) => part.to !== null),
        response: acknowledged.length === 0 ? null : Math.max(0, Math.min(...acknowledged) - began),
        ladder,
      };
    })
    .filter((failure) => failure.from >= from && failure.from < to && failure.unmasked > 0);
}

export type Group = 'line' | 'plant' | 'reason';
export async function checkReliability(
  ask: Ask,
  known: Recomputed,
  findings: Findings,
  group_by: Group,
  scope: Scope,
  window: Window,
): Promise<void> {
  const ladders = known.in(scope);
  const all = ladders.flatMap((ladder) => failuresIn(ladder, window));
  const apt = (of: readonly Ladder[]) =>
    of
      .flatMap((ladder) => momentsIn(ladder, window, ({ state }) => state === 'running' || state === 'micro_stop'))
      .reduce((total, { ms }) => total + ms, 0);
  const compare = (what: string, shown: Figures | undefined, failures: readonly Failure[], ms: number) => {
    const mean = (of: number, total: number) => (of === 0 ? null : inMinutes(Fraction.of(total).over(Fraction.of(of))));
    const repaired = failures.filter(({ isRepaired }) => isRepaired);
    const responses = failures.flatMap(({ response }) => response ?? []);
    const sum = (of: readonly number[]) => of.reduce((total, one) => total + one, 0);
    findings.same(`${what} failures`, shown?.failures ?? 0, failures.length);
    findings.number(`${what} MTBF`, shown?.mtbf_minutes ?? null, mean(failures.length, ms));
    findings.number(
      `${what} MTTR`,
      shown?.mttr_minutes ?? null,
      mean(repaired.length, sum(repaired.map(({ unmasked }) => unmasked))),
    );
    findings.number(`${what} MTTA`, shown?.mtta_minutes ?? null, mean(responses.length, sum(responses)));
  };
  const what = titleOf(`reliability by ${group_by}`, scope, window);
  const shown = await ask<{ items: (Figures & { group: string })[]; total: Figures }>('/downtimes/reliability', {
    ...scope,
    ...windowQuery(window),
    group_by,
  });
  compare(`${what} total`, shown.total, all, apt(ladders));
  // By reason, the production time is that of all requested lines.
  const reasons = [...new Set(ladders.flatMap(({ life }) => life.stops.map(({ reason_category }) => reason_category)))];
  const groups =
    group_by === 'reason'
      ? reasons.map((key) => ({
          key,
          of: ladders,
          failures: ladders.flatMap((ladder) => failuresIn(ladder, window, key)),
        }))
      : [...Map.groupBy(ladders, ({ life }) => (group_by === 'line' ? life.line.id : life.plant.id))].map(
          ([key, of]) => ({
            key,
            of,
            failures: all.filter(({ ladder }) => of.includes(ladder)),
          }),
        );
  for (const { key, of, failures } of groups)
    compare(
      `${what} ${key}`,
      shown.items.find(({ group }) => group === key),
      failures,
      apt(of),
    );
}
