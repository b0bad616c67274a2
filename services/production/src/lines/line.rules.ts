import type { LinePrice, LineRow } from '@plantops/contracts';
import { changedFrom, inForce } from '../versions.rules.ts';

const VERSIONED = [
  'hourly_cost',
  'ideal_cycle_seconds',
  'micro_stop_seconds',
  'late_unit_seconds',
  'ignore_stop_seconds',
  'units_end_stops',
  'silence_seconds',
  'state_map',
  'counter_modulus',
  'units_per_pulse',
  'count_basis',
] as const;
type Change = Partial<Omit<LineRow, 'valid_from'>> & { readonly valid_from?: string | undefined };

/** The versions of a new line: one, which reaches back without limit. */
export function firstVersion(line: Omit<LinePrice, 'valid_from'>): LinePrice {
  return { valid_from: null, ...(Object.fromEntries(VERSIONED.map((field) => [field, line[field]])) as typeof line) };
}

/**
 * The line after a change. Versioned values are in force from `valid_from`; the row's own columns show the present
 * ones.
 */
export function changeLine(line: LineRow, { valid_from, ...fields }: Change, now: string): Partial<LineRow> {
  const versioned = Object.fromEntries(
    VERSIONED.flatMap((field) => (fields[field] === undefined ? [] : [[field, fields[field]]])),
  ) as Partial<LinePrice>;
  if (Object.keys(versioned).length === 0) return fields;
  const versions = changedFrom(line.versions, versioned, valid_from ?? now);
  const { valid_from: _since, ...present } = inForce(versions, now);
  return { ...fields, ...present, versions };
}

const SAY_WHAT_COUNTERS_MEAN = [
  'counter_modulus',
  'units_per_pulse',
  'late_unit_seconds',
  'ideal_cycle_seconds',
] as const;

/** The instant from which the readings of the line's counters mean something else; undefined when they do not. */
export function countersChangeFrom(before: readonly LinePrice[], after: readonly LinePrice[]): string | undefined {
  const starts = after.flatMap(({ valid_from }) => valid_from ?? []);
  return starts.find((at) => {
    const [was, is] = [inForce(before, at), inForce(after, at)];
    return SAY_WHAT_COUNTERS_MEAN.some((field) => was[field] !== is[field]);
  });
}
