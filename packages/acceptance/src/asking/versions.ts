/** The version of each row, from the answers. */
import { paramsOf, type Input, type Route } from './endpoints.ts';

const SETTINGS = '/settings';

export class Versions {
  readonly #versions = new Map<string, number>();

  learn(value: unknown): void {
    if (Array.isArray(value)) for (const one of value) this.learn(one);
    if (typeof value !== 'object' || value === null) return;
    const { id, plant_id, version } = value as { id?: unknown; plant_id?: unknown; version?: unknown };
    // A calendar is part of its plant and has the plant's version. The settings of a tenant are named by their path.
    const row = 'late_after_days' in value ? SETTINGS : (id ?? plant_id);
    if (typeof row === 'string' && typeof version === 'number')
      this.#versions.set(row, Math.max(version, this.#versions.get(row) ?? 0));
    for (const inner of Object.values(value)) this.learn(inner);
  }

  /** The version of the row that a command changes: the last id in its path, except the line of a product's rate. */
  of(route: Route, input: Input): number | undefined {
    const named = paramsOf(route).filter((name) => name !== 'line_id');
    const id = route.path === SETTINGS ? SETTINGS : input[named.at(-1) ?? ''];
    // The fuzzer sends anything as an id, also objects that cannot be converted to a string.
    return typeof id === 'string' ? this.#versions.get(id) : undefined;
  }
}
