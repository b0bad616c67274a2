import { liesAhead, Problem, type Reading } from '@plantops/contracts';

/** The first reading from the future. Instants compare as text, which decides almost all of them. */
export const firstAhead = (readings: readonly Reading[], now: string): number =>
  readings.findIndex(({ at }) => at > now && liesAhead(at, now));

export const refuseAhead = (readings: readonly Reading[], now: string): void => {
  const ahead = firstAhead(readings, now);
  if (ahead >= 0) throw Problem.field(`readings.${ahead}.at`, 'must not lie in the future');
};
