import {
  addReliability,
  reliability,
  reliabilityTerms,
  type LineFacts,
  type ReliabilityTerms,
  type Terms,
} from '@plantops/accounting';
import type { getReliability as contract, InputOf, OutputOf } from '@plantops/contracts';
import type { LineWindow } from '../facts/rows.rules.ts';
import { rounded } from './oee.rules.ts';

type GroupBy = InputOf<typeof contract>['group_by'];
/** A line with its failures in a window. */
type Line = LineWindow & { readonly facts: LineFacts; readonly terms: ReliabilityTerms };
type Entry = { readonly group: string; readonly label: string; readonly terms: ReliabilityTerms };

/** The lines whose facts are known, with the terms of their reliability. `times`: the terms of OEE by line. */
export function reliabilityLines(
  windows: readonly LineWindow[],
  facts: ReadonlyMap<string, LineFacts>,
  times: ReadonlyMap<string | null, Terms>,
  now: number,
): Line[] {
  return windows.flatMap((one) => {
    const ofLine = facts.get(one.line.id);
    if (ofLine === undefined) return [];
    return [
      { ...one, facts: ofLine, terms: reliabilityTerms(ofLine, one.window, now, times.get(one.line.id)?.apt_ms ?? 0) },
    ];
  });
}

/** Figures by group, most failures first, and of all lines together. */
export function reliabilityBy(groupBy: GroupBy, lines: readonly Line[], now: number): OutputOf<typeof contract> {
  const entries =
    groupBy === undefined ? [] : lines.flatMap((line) => entriesOf(line, groupBy, failureCategories(lines), now));
  const items = [...Map.groupBy(entries, ({ group }) => group)].map(([group, of]) => ({
    group,
    label: of[0]?.label ?? group,
    ...figuresOf(of.map(({ terms }) => terms)),
  }));
  return {
    items: items
      .filter(({ failures }) => groupBy !== 'reason' || failures > 0)
      .sort((a, b) => b.failures - a.failures || a.label.localeCompare(b.label)),
    total: figuresOf(lines.map(({ terms }) => terms)),
  };
}

function failureCategories(lines: readonly Line[]): string[] {
  const failures = lines.flatMap(({ facts: { stops } }) => stops.filter(({ is_failure }) => is_failure));
  return [...new Set(failures.map(({ reason_category }) => reason_category))];
}

/** By reason the production time is that of every line, whichever reason it failed for, if it failed at all. */
function entriesOf(
  { line, plant, window, facts, terms }: Line,
  groupBy: NonNullable<GroupBy>,
  categories: readonly string[],
  now: number,
): Entry[] {
  if (groupBy === 'line') return [{ group: line.id, label: line.code, terms }];
  if (groupBy === 'plant') return [{ group: plant.id, label: plant.code, terms }];
  return categories.map((category) => {
    const stops = facts.stops.map((stop) => ({
      ...stop,
      is_failure: stop.is_failure && stop.reason_category === category,
    }));
    return {
      group: category,
      label: category,
      terms: reliabilityTerms({ ...facts, stops }, window, now, terms.apt_ms),
    };
  });
}

function figuresOf(terms: readonly ReliabilityTerms[]) {
  const { failures, mtbf_minutes, mttr_minutes, mtta_minutes } = reliability(addReliability(...terms));
  return {
    failures,
    mtbf_minutes: rounded(mtbf_minutes),
    mttr_minutes: rounded(mttr_minutes),
    mtta_minutes: rounded(mtta_minutes),
  };
}
