/** The items in another order: each seed has its own, the same every time. */
export const shuffled = <T>(items: readonly T[], seed: number): T[] => {
  const next = numbers(seed);
  return items
    .map((item) => ({ item, key: next() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
};

/** A tape with each item twice, the second one anywhere after the first. */
export const twiceShuffled = <T>(items: readonly T[], seed: number): T[] => shuffled([...items, ...items], seed);

/** mulberry32: small, and good enough to shuffle with. */
const numbers = (seed: number) => {
  let state = (seed + 1) * 0x9e3779b9;
  return (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};
