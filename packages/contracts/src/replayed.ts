/**
 * Outputs that were given before, to the first request with the same Idempotency-Key. They are remembered beside the
 * objects, so that an output has one type whether it was given before or not.
 */
const given = new WeakSet<object>();

/** Marks an output as given before, and returns it. */
export const replayed = <Output extends object>(output: Output): Output => {
  given.add(output);
  return output;
};
export const isReplayed = (output: unknown): boolean =>
  typeof output === 'object' && output !== null && given.has(output);
