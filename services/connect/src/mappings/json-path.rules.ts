/** JSON paths of names and numbers (RFC 9535 without wildcards, slices and filters): `$.a.b[0]["c d"]`. */

const STEP = /\.([A-Za-z0-9_-]+)|\[(\d+)\]|\["([^"]+)"\]/g;

/** The value at a path; undefined when there is none. */
export function valueAt(root: unknown, path: string): unknown {
  let value = root;
  for (const [, name, place, quoted] of path.matchAll(STEP)) {
    if (place !== undefined) value = Array.isArray(value) ? (value as unknown[])[Number(place)] : undefined;
    else value = memberOf(value, (name ?? quoted) as string);
  }
  return value;
}

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
