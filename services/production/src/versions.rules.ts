import { Problem } from '@plantops/contracts';

type Versioned = { valid_from: string | null };
const MOST_VERSIONS = 500;

/**
 * The versions after a change from `validFrom` on: a copy of the version in force then, with the change, starts
 * there. Later versions stay, and nothing before changes.
 */
export const changedFrom = <V extends Versioned>(
  versions: readonly V[],
  change: Partial<Omit<V, 'valid_from'>>,
  validFrom: string,
): V[] => {
  const next = { ...inForce(versions, validFrom), ...change, valid_from: validFrom };
  const others = versions.filter(({ valid_from }) => valid_from !== validFrom);
  if (others.length >= MOST_VERSIONS)
    throw Problem.field('valid_from', `there are ${MOST_VERSIONS} versions already, the most that are kept`);
  return [...others, next].sort((a, b) => (a.valid_from ?? '').localeCompare(b.valid_from ?? ''));
};

/** The version in force at an instant. The first one (valid_from null) has no start. */
export const inForce = <V extends Versioned>(versions: readonly V[], at: string): V => {
  const version = versions.findLast(({ valid_from }) => valid_from === null || valid_from <= at) ?? versions[0];
  if (version === undefined) throw new Error('a row has at least one version');
  return version;
};
