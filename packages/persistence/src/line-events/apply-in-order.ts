/** How a service applies its kinds of line events: find what each is about, then kind by kind in a fixed order. */
import type { LineEvent } from '@plantops/contracts';
import type { ApplyLineEvents, Verdict } from './verdict.ts';
import type { Tx } from '../database/tx.ts';

/** Finds what the events are about: one entry each, in their order; what is not known yet is waited for. */
type Locate<L> = (tx: Tx, events: readonly LineEvent[]) => Promise<(L | { waitsFor: string })[]>;
type Apply<L> = (tx: Tx, located: readonly L[], now: string) => Promise<Verdict[]>;
/** A kind and how its events are applied; each handler takes the located events of its own kind. */
type Step = { readonly kind: LineEvent['kind']; readonly apply: Apply<never> };

/**
 * The order of the steps lets events that came together find each other, so that an end need not wait for its start.
 */
export const applyInOrder =
  <L extends { readonly event: LineEvent }>(locate: Locate<L>, steps: readonly Step[]): ApplyLineEvents =>
  async (tx, events, now) => {
    const verdicts = new Map<LineEvent, Verdict>();
    const located: L[] = [];
    for (const [index, found] of (await locate(tx, events)).entries()) {
      if ('event' in found) located.push(found);
      else verdicts.set(events[index] as LineEvent, found);
    }
    for (const { kind, apply } of steps) {
      const ofKind = located.filter(({ event }) => event.kind === kind);
      if (ofKind.length === 0) continue;
      const results = await (apply as Apply<unknown>)(tx, ofKind, now);
      for (const [index, { event }] of ofKind.entries()) verdicts.set(event, results[index] as Verdict);
    }
    return events.map((event) => verdicts.get(event) as Verdict);
  };

/** For kinds whose events depend on each other: a handler of one, applied to them in turn. */
export const oneByOne =
  <L>(apply: (tx: Tx, located: L, now: string) => Promise<Verdict>): Apply<L> =>
  async (tx, located, now) => {
    const verdicts: Verdict[] = [];
    for (const one of located) verdicts.push(await apply(tx, one, now));
    return verdicts;
  };
