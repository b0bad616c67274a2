/** Finds misspelt variables: nothing reads them, so their setting would be ignored without a word. */
import leven from 'leven';

const PREFIX = 'PLANTOPS_';
/** Names that are near each other and both right. */
const TWINS = new Set(['PLANTOPS_NATS_SERVER', 'PLANTOPS_NATS_SERVERS', 'PLANTOPS_TENANT', 'PLANTOPS_TENANTS']);
/** A shorter name differs from another one by more than one letter, as PLANTOPS_HOST from PLANTOPS_PORT. */
const LONG = PREFIX.length + 5;

/**
 * Returns a line for each variable that is set and not known, but nearly has the name of a known one.
 * Others are left alone: they may belong to another program.
 */
export function misspelt(set: readonly string[], known: readonly string[]): string[] {
  const unknown = set.filter((name) => name.startsWith(PREFIX) && !known.includes(name) && !TWINS.has(name));
  return unknown.flatMap((name) => {
    const near = known.find((right) => isNear(name, right));
    return near === undefined ? [] : [`${name}: is not known, ${near} is: correct the name, or remove the variable`];
  });
}

const isNear = (name: string, right: string): boolean => leven(name, right) <= (right.length < LONG ? 1 : 2);
