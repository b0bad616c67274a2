/** The arguments of `pnpm bench`. */
import { parseArgs } from 'node:util';

export const BENCHES = ['requests', 'ingest', 'readings', 'lists', 'overview', 'oee'] as const;
export type BenchName = (typeof BENCHES)[number];

export type Options = {
  readonly benches: readonly BenchName[];
  /** Stops, postings and readings of the small and of the large history. */
  readonly history: readonly [number, number];
  /** Requests of each kind, connections and history. */
  readonly requests: number;
  /** No load of requests goes on longer than this. */
  readonly seconds: number;
  /** Lines that have a history, and as many that are written to. */
  readonly lines: number;
  readonly events: number;
  readonly readings: number;
  /** Where the figures are written as JSON. */
  readonly json: string | undefined;
};

const NUMBERS = {
  'small-rows': { default: 10_000, most: 100_000 },
  rows: { default: 1_000_000, most: 20_000_000 },
  requests: { default: 1_000, most: 100_000 },
  seconds: { default: 5, most: 60 },
  lines: { default: 200, most: 1_000 },
  events: { default: 10_000, most: 200_000 },
  readings: { default: 50_000, most: 1_000_000 },
} as const;
type NumberName = keyof typeof NUMBERS;

/** Reads the arguments. Throws an error that says which one is wrong, and its limits. */
export function readOptions(args: readonly string[]): Options {
  const numbers = Object.keys(NUMBERS) as NumberName[];
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: 'string' },
      ...Object.fromEntries(numbers.map((name) => [name, { type: 'string' as const }])),
    },
  });
  const given = values as Partial<Record<NumberName | 'json', string>>;
  const numberOf = (name: NumberName): number => {
    const { default: usual, most } = NUMBERS[name];
    const value = Number(given[name] ?? usual);
    if (!Number.isInteger(value) || value < 1 || value > most)
      throw new Error(`--${name}: must be a whole number from 1 to ${most}`);
    return value;
  };
  const isBench = (name: string): name is BenchName => BENCHES.some((bench) => bench === name);
  const unknown = positionals.find((name) => !isBench(name));
  if (unknown !== undefined) throw new Error(`there is no bench ${unknown}: choose from ${BENCHES.join(', ')}`);
  const history = [numberOf('small-rows'), numberOf('rows')] as const;
  if (history[0] >= history[1]) throw new Error('--rows: must be more than --small-rows');
  return {
    benches: positionals.length === 0 ? BENCHES : positionals.filter(isBench),
    history,
    requests: numberOf('requests'),
    seconds: numberOf('seconds'),
    lines: numberOf('lines'),
    events: numberOf('events'),
    readings: numberOf('readings'),
    json: given.json,
  };
}
