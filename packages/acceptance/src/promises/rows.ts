/** The rows of a list, and whether a row matches a filter. */
import type { Input, Route } from '../asking/endpoints.ts';
import { bodyOf } from '../asking/asker.ts';
import type { Coverage } from './coverage.ts';

export type Row = Readonly<Record<string, unknown>> & { readonly id: string };
export type Page = { readonly items: readonly Row[]; readonly next_cursor: string | null; readonly total: number };

export const AS_MANY_AS_MAY_BE = { limit: 500 };

/** One page; undefined when the answer is not a page. */
export async function pageOf(coverage: Coverage, route: Route, input: Input): Promise<Page | undefined> {
  const body = bodyOf(await coverage.ask(route, input)) as Partial<Page> | undefined;
  return Array.isArray(body?.items) ? (body as Page) : undefined;
}

const firstOf = (row: Row, fields: readonly string[]): unknown =>
  fields.map((field) => row[field]).find((value) => value !== undefined && value !== null);
/** The instant of a row for windows; of a trial it is the time of its creation. */
const instantOf = (row: Row): string =>
  String(
    'trial_number' in row
      ? row['created_at']
      : firstOf(row, ['start_time', 'occurred_from', 'at', 'started_at', 'planned_start', 'rejected_at', 'created_at']),
  );

/** The value of a row for a filter, also when it is not a field of the row. */
export function valueOf(row: Row, filter: string, plantOf: ReadonlyMap<string, string>): unknown {
  if (filter === 'plant_id' && !('plant_id' in row)) return plantOf.get(String(row['line_id']));
  if (filter === 'is_replayed') return row['replayed_at'] !== null;
  if (filter === 'is_active' && 'revoked_at' in row) return row['revoked_at'] === null;
  if (filter === 'as_of') return row['recorded_at'];
  if (filter === 'updated_since') return row['updated_at'];
  return filter === 'from' || filter === 'to' ? instantOf(row) : row[filter];
}

/** Whether a row matches a filter. */
export function isWithin(filter: string, asked: unknown, value: unknown): boolean {
  if (filter === 'from' || filter === 'updated_since') return String(value) >= String(asked);
  if (filter === 'to') return String(value) < String(asked);
  if (filter === 'as_of') return String(value) <= String(asked);
  return value === asked;
}
