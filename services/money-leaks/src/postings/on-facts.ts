import type { CloudEvent } from '@plantops/contracts';
import type { Tx } from '@plantops/persistence';
import type { Deps } from '../deps.ts';
import { markChanged } from '../facts/line-revisions.ts';
import { storeFacts } from '../facts/store-facts.ts';
import * as keptCells from '../projections/kept-cells.ts';
import * as unitHours from '../projections/unit-hours.ts';
import { affectedBy, reportedIn } from './affected.rules.ts';
import { lockLines, sharePrices } from './locks.ts';
import { postLosses } from './post-losses.ts';
import { readNeighbours } from './read-neighbours.ts';

/** Something happened on lines: stores it as facts, and posts what it cost in the intervals that it affects. */
export const onFacts =
  ({ now }: Pick<Deps, 'now'>) =>
  async (events: readonly CloudEvent[], tx: Tx): Promise<void> => {
    const reported = reportedIn(events);
    if (reported.length === 0) return;
    const facts = reported.map(({ fact }) => fact);
    const lineIds = facts.map(({ line_id }) => line_id);
    // Sent together: they run in this order.
    const [, , stored] = await Promise.all([sharePrices(tx), lockLines(tx, lineIds), storeFacts(tx, facts)]);
    // Read after the locks: rows of a line are recorded in the order of their commits.
    const at = now();
    const neighbours = await readNeighbours(tx, [...facts, ...stored.before], at);
    const affected = affectedBy(reported, stored.before, neighbours, Date.parse(at));
    const affectedIds = affected.map(({ line_id }) => line_id);
    await Promise.all([
      markChanged(tx, [...lineIds, ...stored.before.map(({ line_id }) => line_id)]),
      keptCells.forget(tx, neighbours.changed),
      unitHours.apply(tx, stored),
      lockLines(tx, affectedIds, lineIds),
    ]);
    await postLosses(tx, affected, neighbours.lines, at);
  };
