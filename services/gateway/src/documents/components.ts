/** What a document holds once and refers to by name. A name stands for one thing alone. */
import type { Described, JsonSchema } from '@plantops/contracts/json-schema';
import { isDeepStrictEqual } from 'node:util';

export class Components<T extends object = JsonSchema> {
  readonly #named = new Map<string, T>();

  add(name: string, component: T): void {
    const known = this.#named.get(name);
    if (known !== undefined && !isDeepStrictEqual(known, component))
      throw new Error(`two different things are called ${name}`);
    this.#named.set(name, component);
  }

  /** By name, so that the document does not change when declarations change their order. */
  toJSON(): Record<string, T> {
    return Object.fromEntries([...this.#named].sort(([a], [b]) => a.localeCompare(b)));
  }
}

/** Keeps the named schemas among the components; what is left refers to them. */
export function keep(components: Components, { schema, named }: Described): JsonSchema {
  for (const [name, of] of Object.entries(named)) components.add(name, of);
  return schema;
}
