/**
 * The faults of a run. They depend on the seed only, not on what the plant does meanwhile. Lost acknowledgements are
 * frequent: without them hardly any message is delivered twice, and the search for double effects would prove nothing.
 */
import { serviceNames, topology, type ServiceName } from '@plantops/contracts';
import { Random } from '@plantops/fixtures';

export const faultKinds = ['F1', 'F2', 'F3', 'F4', 'F5', 'F6', 'F7', 'F8', 'F9', 'F10', 'F11', 'F12'] as const;
export type FaultKind = (typeof faultKinds)[number];

/** One of the two copies of a service: the plant's own, or the second one, which is behind proxies. */
export type Target = { readonly service: ServiceName; readonly copy: 1 | 2 };
export type Cut = 'drop' | 'black-hole' | 'reset' | 'delay';
export type Loss = 'publish-acks' | 'acks' | 'commits';
/** What a fault does. `ms` is how long it lasts. */
export type Deed =
  | { readonly kind: 'F1'; readonly target: Target }
  | { readonly kind: 'F2'; readonly target: Target; readonly ms: number }
  | { readonly kind: 'F3'; readonly how: 'kill' }
  | { readonly kind: 'F3'; readonly how: 'hang'; readonly ms: number }
  | { readonly kind: 'F4'; readonly how: 'kill' | 'storm' }
  | { readonly kind: 'F5'; readonly ms: number }
  | { readonly kind: 'F6'; readonly ms: number }
  | {
      readonly kind: 'F7';
      readonly how: Cut;
      readonly link: 'nats' | 'postgres';
      readonly service: ServiceName;
      readonly ms: number;
    }
  | { readonly kind: 'F8'; readonly loses: Loss; readonly service: ServiceName; readonly ms: number }
  | { readonly kind: 'F9'; readonly service: ServiceName; readonly ms: number; readonly messages: number }
  | { readonly kind: 'F10'; readonly service: ServiceName; readonly skew_ms: number; readonly ms: number }
  | { readonly kind: 'F11'; readonly copy: 1 | 2 }
  | { readonly kind: 'F12'; readonly messages: number };
export type Fault = { readonly at_ms: number; readonly deed: Deed };

const GAP_MS = { least: 1_000, most: 3_000 };
/** The load runs for a moment before the first fault, and the last faults can end in time. */
const QUIET_START_MS = 2_000;
const QUIET_END_MS = 1_500;
/** Faults that stop the broker for long are not drawn: they occur at most twice, at fixed places. */
type Drawn = Exclude<FaultKind, 'F5' | 'F6'>;
/** The number of each kind in a hundred faults. */
const SHARES: Readonly<Record<Drawn, number>> = {
  F1: 21,
  F2: 9,
  F3: 7,
  F4: 8,
  F7: 13,
  F8: 26,
  F9: 2,
  F10: 3,
  F11: 4,
  F12: 7,
};
const owners = serviceNames.filter((name) => topology[name].database);
const listeners = serviceNames.filter((name) => topology[name].listens.length > 0);
/** Services that can be slow consumers. */
const followers: readonly ServiceName[] = ['downtimes', 'money-leaks'];
const SKEW_MS = 300_000;
/** The services that publish and consume most events of the load: losses there show the most. */
const busy: readonly ServiceName[] = ['production', 'downtimes', 'money-leaks'];

/** All kinds use the same random numbers, so a change of one kind changes the faults after it. */
function deedOf(kind: Drawn, random: Random): Deed {
  const target = (): Target => ({ service: random.one(serviceNames), copy: random.chance(0.5) ? 1 : 2 });
  switch (kind) {
    case 'F1':
      return { kind, target: target() };
    case 'F2':
      return { kind, target: target(), ms: random.whole(1_000, 12_000) };
    case 'F3':
      return random.chance(0.6) ? { kind, how: 'kill' } : { kind, how: 'hang', ms: random.whole(1_000, 5_000) };
    case 'F4':
      return { kind, how: random.chance(0.4) ? 'kill' : 'storm' };
    case 'F7': {
      const link = random.chance(0.5) ? ('nats' as const) : ('postgres' as const);
      const how = random.one(['drop', 'black-hole', 'reset', 'delay'] as const);
      return {
        kind,
        how,
        link,
        service: random.one(link === 'nats' ? serviceNames : owners),
        ms: random.whole(1_000, 4_000),
      };
    }
    case 'F8': {
      const loses = random.one(['publish-acks', 'acks', 'acks', 'commits'] as const);
      return {
        kind,
        loses,
        service: random.chance(0.8) ? random.one(busy) : random.one(listeners),
        ms: random.whole(1_000, 4_000),
      };
    }
    case 'F9':
      return {
        kind,
        service: random.one(followers),
        ms: random.whole(2_000, 6_000),
        messages: random.whole(500, 1_500),
      };
    case 'F10':
      return {
        kind,
        service: random.one(serviceNames),
        skew_ms: random.chance(0.5) ? SKEW_MS : -SKEW_MS,
        ms: random.whole(4_000, 9_000),
      };
    case 'F11':
      return { kind, copy: random.chance(0.5) ? 1 : 2 };
    default:
      return { kind: 'F12', messages: random.whole(5, 20) };
  }
}

/** When power is lost and the disk is full, as shares of the run: once, and twice in a long run. */
const PLACES = { F5: { short: [0.45], long: [0.35, 0.65] }, F6: { short: [0.7], long: [0.2, 0.8] } } as const;
const placed = (kind: keyof typeof PLACES, seconds: number, random: Random): Fault[] =>
  PLACES[kind][seconds >= 120 ? 'long' : 'short'].map((part) => ({
    at_ms: Math.round(seconds * 1_000 * part),
    deed: { kind, ms: random.whole(2_000, 5_000) },
  }));

/** The same seed, length and kinds give the same faults. */
export function scheduleOf(seed: number, seconds: number, kinds: readonly FaultKind[] = faultKinds): Fault[] {
  const random = new Random(seed);
  const drawn = Object.entries(SHARES).filter(([kind]) => kinds.includes(kind as FaultKind)) as [Drawn, number][];
  const pool = drawn.flatMap(([kind, share]) => Array.from({ length: share }, () => kind));
  const faults = (['F5', 'F6'] as const).flatMap((kind) => (kinds.includes(kind) ? placed(kind, seconds, random) : []));
  const last = seconds * 1_000 - QUIET_END_MS;
  for (let at_ms = QUIET_START_MS; at_ms < last && pool.length > 0; at_ms += random.whole(GAP_MS.least, GAP_MS.most)) {
    const deed = deedOf(random.one(pool), random);
    faults.push({ at_ms, deed: 'ms' in deed ? { ...deed, ms: Math.min(deed.ms, Math.max(last - at_ms, 500)) } : deed });
  }
  return faults.sort((one, other) => one.at_ms - other.at_ms);
}

const said = (value: unknown): string =>
  typeof value === 'object' && value !== null ? Object.values(value).map(String).join('/') : String(value);
/** A fault as printed text. */
export const describeFault = ({ at_ms, deed: { kind, ...rest } }: Fault): string =>
  `${(at_ms / 1_000).toFixed(1).padStart(6)} s  ${kind.padEnd(3)} ${Object.values(rest).map(said).join(' ')}${'ms' in rest ? ' ms' : ''}`;
