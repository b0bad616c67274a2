/** What a check has found: how many things it looked at, and what was wrong. */
export type Finding = {
  readonly name: string;
  readonly promise: string;
  readonly looked: number;
  readonly breaches: readonly string[];
  /** Acknowledged and not there, or there more than once. */
  readonly lost?: number;
  readonly twice?: number;
};

/** What is in one set and not in the other. */
export const missingFrom = (there: ReadonlySet<string>, wanted: Iterable<string>): string[] => [...wanted].filter((id) => !there.has(id));

/** Runs over all of them, a few at a time. */
export const inTurns = async <T>(all: readonly T[], atOnce: number, work: (one: T) => Promise<void>): Promise<void> => {
  const rest = all.values();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const one of rest) await work(one);
    }),
  );
};
