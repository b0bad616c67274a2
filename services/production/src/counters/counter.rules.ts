/** What the readings of a counter mean: a running total, whose differences are units. */
import { lateUnitMs, type LinePrice } from '@plantops/contracts';
import { inForce } from '../versions.rules.ts';

export const COUNTERS = ['good', 'reject'] as const;
export type CounterName = (typeof COUNTERS)[number];
/** A running total at an instant. The id is also that of the count that its difference makes. */
export type Reading = {
  readonly id: string;
  readonly at: string;
  readonly total: number;
  /** The sender's count of its events; 0: it does not count. */
  readonly seq: number;
  /** The sender's id of the event. */
  readonly event_id: string;
  readonly actor: string;
  readonly batch_number: string | null;
  /** The product that it names. */
  readonly product_id: string | null;
  /** The unit that it names. */
  readonly unit: string | null;
};
export type Versions = readonly LinePrice[];

/** Why a total cannot be one of the line's counter; undefined when it can. */
export function refusal(versions: Versions, { at, total }: Pick<Reading, 'at' | 'total'>): string | undefined {
  const modulus = inForce(versions, at).counter_modulus ?? null;
  if (modulus === null || total <= modulus) return undefined;
  return `total: is ${total}, more than the counter_modulus of the line then, ${modulus}: correct the one or the other`;
}

/** Whether a reading holds against another one of its instant: the higher `seq`, the larger total, the higher event id. */
export function holdsOver(one: Reading, other: Reading): boolean {
  if (one.seq !== other.seq) return one.seq > other.seq;
  if (one.total !== other.total) return one.total > other.total;
  return one.event_id > other.event_id;
}

/** The readings that hold: one an instant, in order of time. The order of arrival is irrelevant. */
export function heldOf(readings: readonly Reading[]): Reading[] {
  const held = new Map<string, Reading>();
  for (const reading of readings) {
    const other = held.get(reading.at);
    if (other === undefined || holdsOver(reading, other)) held.set(reading.at, reading);
  }
  return [...held.values()].sort((a, b) => (a.at < b.at ? -1 : 1));
}

/**
 * How much each reading adds to the one before, in what the counter counts. The readings are one an instant, in order
 * of time, none left out. The first is the base and adds nothing.
 */
export function differencesOf(readings: readonly Reading[], versions: Versions): number[] {
  let base = readings[0];
  return readings.map((reading, index) => {
    if (base === undefined || reading === base) return 0;
    const version = inForce(versions, reading.at);
    if (isMisread(base, reading, readings[index + 1], version)) return 0;
    const added = difference(base.total, reading.total, version.counter_modulus ?? null);
    base = reading;
    return added;
  });
}

/** A smaller total between two that do not fall, all within the time in which units may be late. */
function isMisread(before: Reading, { total }: Reading, after: Reading | undefined, version: LinePrice): boolean {
  if (after === undefined || total >= before.total || after.total < before.total) return false;
  return Date.parse(after.at) - Date.parse(before.at) <= lateUnitMs(version);
}

/** A smaller total is a rollover if the modulus makes it at most half the range; else the counter has restarted. */
function difference(last: number, total: number, modulus: number | null): number {
  if (total >= last) return total - last;
  if (modulus === null || last > modulus) return total;
  const over = total + modulus - last;
  return over <= modulus / 2 ? over : total;
}
