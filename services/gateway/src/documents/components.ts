/** Named schemas, written once in a document and referred to. A name has one meaning in the whole document. */
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

  /** Sorted by name, so that the order of the declarations does not change the document. */
  toJSON(): Record<string, T> {
    return Object.fromEntries([...this.#named].sort(([a], [b]) => a.localeCompare(b)));
  }
}

/** Moves named schemas to the components and leaves references. */
export function keep(components: Components, { schema, named }: Described): JsonSchema {
  for (const [name, of] of Object.entries(named)) components.add(name, of);
  return schema;
}
