/** The result of a check: how many things it checked, and what was wrong. */
export type Finding = {
  readonly name: string;
  readonly promise: string;
  readonly looked: number;
  readonly breaches: readonly string[];
  /** The number of acknowledged things that are missing, or that exist more than once. */
  readonly lost?: number;
  readonly twice?: number;
};

/** The wanted ids that are not there. */
export const missingFrom = (there: ReadonlySet<string>, wanted: Iterable<string>): string[] =>
  [...wanted].filter((id) => !there.has(id));

/** Does the work for all items, a few at a time. */
export async function inTurns<T>(all: readonly T[], atOnce: number, work: (one: T) => Promise<void>): Promise<void> {
  const rest = all.values();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const one of rest) await work(one);
    }),
  );
}
