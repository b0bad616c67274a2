import type { CloudEvent } from '@plantops/contracts';
import type { Tx } from '@plantops/persistence';
import { keepUnitHours } from '../projections/unit-hours.ts';
import { forgetCells } from '../projections/forget-cells.ts';
import type { Deps } from '../deps.ts';
import { countUp } from '../facts/cached-facts.ts';
import { reachOf } from '../facts/changed-intervals.ts';
import { factOf, rememberFacts } from '../facts/store-facts.ts';
import { looseScraps } from './loose-scraps.ts';
import { lockLines, postLosses, PRICES_LOCK, type Touched } from './post-losses.ts';
import { batchesNamed, causeOf, extentsOfParts, intervalOf, isPoint, pointsThatPost, unitsNaming, type Told } from './affected.ts';

/** Something happened on the lines: it is kept, and the losses of the time it touches are posted. */
export const onFacts =
  ({ now }: Deps) =>
  async (tx: Tx, events: readonly CloudEvent[]): Promise<void> => {
    const told = events.flatMap((event): Told[] => {
      const fact = factOf(event);
      return fact === undefined ? [] : [{ event, fact }];
    });
    if (told.length === 0) return;
    await tx.lockShared(PRICES_LOCK);
    await lockLines(
      tx,
      told.map(({ fact }) => fact.line_id),
    );
    const remembered = await rememberFacts(
      tx,
      told.map(({ fact }) => fact),
    );
    const { before } = remembered;
    const at = now();
    const touching = [...told.map(({ fact }) => fact), ...before];
    await countUp(
      tx,
      touching.map(({ line_id }) => line_id),
    );
    const reaches = await reachOf(tx, touching, at);
    await forgetCells(tx, reaches);
    await keepUnitHours(tx, remembered);
    const named = Map.groupBy(await batchesNamed(tx, touching), ({ named_by }) => named_by);
    const points = told.filter(({ fact }) => isPoint(fact)).map(({ fact }) => fact);
    const posting = await pointsThatPost(tx, points, at);
    const parts = await extentsOfParts(
      tx,
      told.map(({ fact }) => fact),
    );
    const touched = told.flatMap(({ event, fact }): Touched[] => {
      const ofBatches = named.get(fact.id) ?? [];
      if (isPoint(fact) && !posting.has(fact.id) && !ofBatches.some(({ closed }) => closed)) return [];
      const cause = causeOf(event);
      // A trial pays nothing itself; units also count in the batch they name when their own time lies outside it.
      const own = fact.kind === 'trial' ? [] : [{ ...fact, ...parts.get(fact.id), ...posting.get(fact.id), source_ids: [fact.id] }];
      // What runs on covers everything since; units of a batch that runs on pay nothing for it yet.
      const runsOn = fact.kind === 'stop' || fact.kind === 'batch' || fact.kind === 'trial';
      return [...own, ...ofBatches].map(({ line_id, source_ids, ...span }) => ({
        line_id,
        interval: runsOn
          ? intervalOf(span, at)
          : { ...intervalOf(span, at), ...(span.ended === null ? { to: Date.parse(span.began) } : {}) },
        source_ids,
        cause,
      }));
    });
    const last = touched.at(-1);
    const earlier =
      last === undefined
        ? []
        : before
            .filter(({ line_id }) => touched.some((one) => one.line_id === line_id))
            .map((span) => ({ ...last, line_id: span.line_id, interval: intervalOf(span, at), source_ids: [] }));
    const loose = await looseScraps(tx, reaches, causeOf((told.at(-1) as Told).event));
    await postLosses(tx, [...earlier, ...touched, ...(await unitsNaming(tx, told)), ...loose], at);
  };
