import type { LinePrice, LineRow } from '@plantops/contracts';
import { changedFrom, inForce } from '../versions.rules.ts';

const VERSIONED = [
  'hourly_cost',
  'ideal_cycle_seconds',
  'micro_stop_seconds',
  'late_unit_seconds',
  'ignore_stop_seconds',
  'state_map',
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
