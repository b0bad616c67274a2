import { Random } from './random.ts';

/** The items in another order: each seed has its own, the same every time. */
export const shuffled = <T>(items: readonly T[], seed: number): T[] => {
  const random = new Random(Math.imul(seed + 1, 0x9e3779b9));
  return items
    .map((item) => ({ item, key: random.next() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
};

/** A tape with each item twice, the second one anywhere after the first. */
export const twiceShuffled = <T>(items: readonly T[], seed: number): T[] => shuffled([...items, ...items], seed);
