/** The ids of existing rows of a tenant, by kind. Requests use them. */
import { randomUUID } from 'node:crypto';
import { paramsOf, routes, type Route } from '../asking/endpoints.ts';

const segmentsOf = ({ path }: Pick<Route, 'path'>): string[] => path.split('/').filter((segment) => segment !== '');
const isParam = (segment: string | undefined): boolean => segment?.startsWith('{') ?? false;

/** The kinds of rows: path segments before an id, such as plants before {id} and counts before {count_id}. */
const KINDS = new Set(
  routes.flatMap((route) =>
    segmentsOf(route).filter(
      (segment, index, all) =>
        !isParam(segment) && (all[index + 1] === '{id}' || all[index + 1] === `{${segment.replace(/s$/, '')}_id}`),
    ),
  ),
);

/** The kind of the rows that an endpoint answers. */
export const kindOf = (route: Route): string => segmentsOf(route).findLast((segment) => KINDS.has(segment)) ?? '';

/** The kind of the row that a field names, from its place in the path or its name. */
export function kindNamed(route: Route, field: string): string {
  const segments = segmentsOf(route);
  const before = segments[segments.indexOf(`{${field}}`) - 1];
  if (paramsOf(route).includes(field) && before !== undefined && !isParam(before) && KINDS.has(before)) return before;
  return [...KINDS].find((kind) => kind.startsWith(field.replace(/_id$/, ''))) ?? '';
}

/** Cursors of a list are a kind too. */
export const cursorsOf = ({ path }: Route): string => `cursors of ${path}`;

export class RowPool {
  readonly #ids = new Map<string, string[]>();
  readonly #cursors = new Map<string, string[]>();

  /** Adds the rows of an answer. */
  learn(route: Route, body: unknown): void {
    const { id, items, next_cursor } = (body ?? {}) as { id?: unknown; items?: unknown; next_cursor?: unknown };
    if (typeof next_cursor === 'string') this.#cursors.set(cursorsOf(route), [next_cursor]);
    if (Array.isArray(items)) for (const item of items) this.learn(route, item);
    if (typeof id !== 'string') return;
    const known = this.#ids.get(kindOf(route)) ?? [];
    if (!known.includes(id)) this.#ids.set(kindOf(route), [...known, id]);
  }

  /** An id of a kind, the newest one for 0; of any kind when no id of this kind is known. */
  pick(kind: string, share: number): string {
    const ids = this.#cursors.get(kind) ?? this.#ids.get(kind) ?? this.all();
    return ids[ids.length - 1 - Math.floor(share * ids.length)] ?? randomUUID();
  }

  some(kind: string, most: number): string[] {
    return (this.#ids.get(kind) ?? []).slice(-most);
  }

  all(): string[] {
    return [...this.#ids.values()].flat();
  }
}
