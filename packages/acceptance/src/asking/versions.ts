/** The version of each row, as the answers have told it. */
import { paramsOf, type Input, type Route } from './endpoints.ts';

export class Versions {
  readonly #versions = new Map<string, number>();

  learn(value: unknown): void {
    if (Array.isArray(value)) for (const one of value) this.learn(one);
    if (typeof value !== 'object' || value === null) return;
    const { id, plant_id, version } = value as { id?: unknown; plant_id?: unknown; version?: unknown };
    // A calendar is part of its plant and goes by the plant's version.
    const row = id ?? plant_id;
    if (typeof row === 'string' && typeof version === 'number') this.#versions.set(row, Math.max(version, this.#versions.get(row) ?? 0));
    for (const inner of Object.values(value)) this.learn(inner);
  }

  /** Of the row that a command changes: the last one in its path that has a version, but for a line that a product is given a rate on. */
  of(route: Route, input: Input): number | undefined {
    const named = paramsOf(route).filter((name) => name !== 'line_id');
    const id = input[named.at(-1) ?? ''];
    // The fuzzer sends anything for an id, also objects that no string can be made of.
    return typeof id === 'string' ? this.#versions.get(id) : undefined;
  }
}
