/** The rows that the ledger should have, without reversals, from the stored rows. */
import { batchPostingsOf } from './batch-postings.ts';
import { Fraction } from './fraction.ts';
import { categoryOf, HOUR, isAvoidable, piecesOf, priced, REJECTS, type Posting } from './posting.ts';
import { inForce, type Kind, type Product } from './raw-rows.ts';
import { instantOf, isProduced, type Ladder } from './terms.ts';
import { priOf } from './pri.ts';

export function postingsOf(ladder: Ladder, products: readonly Product[]): Posting[] {
  const { life, units } = ladder;
  const of = { line_id: life.line.id, plant_id: life.plant.id };
  const hourlyAt = (at: number) => inForce(life.line.prices, at)?.hourly as Fraction;
  const ofStops = piecesOf(life.moments).flatMap(({ from, to, state, stop, run, businessDate }): Posting[] => {
    const category = categoryOf(state);
    if (category === undefined || stop === null || stop.to === null) return [];
    const timeMs = Fraction.of(to - from);
    const batch = { batch_id: run?.id ?? null, product_id: run?.product_id ?? null };
    const amount = timeMs.over(HOUR).times(hourlyAt(from)).rounded(4);
    return [
      {
        ...of,
        ...batch,
        source_type: 'downtime',
        source_id: stop.id,
        category,
        timeMs,
        amount,
        occurred: from,
        businessDate,
        isAvoidable: isAvoidable(stop),
        isReject: false,
      },
    ];
  });
  const ofScrap = units.points.flatMap((point): Posting[] => {
    const { logged, run, quantity, placed, kind } = point;
    if (logged === undefined) return [];
    const occurred = instantOf(point);
    const productId = logged.product_id ?? run?.product_id ?? null;
    const pri = priOf(life, products, run, logged.product_id, occurred);
    const timeMs = isProduced(point) ? quantity.times(pri) : Fraction.zero;
    const amount = priced(life, products, occurred, {
      productId,
      quantity,
      timeMs,
      reworked: logged.reworked,
      own: logged.unit,
    });
    const businessDate =
      placed?.moment.businessDate ?? life.schedule.at(occurred)?.date ?? life.schedule.dateAt(occurred);
    const batch = { batch_id: run?.id ?? null, product_id: productId };
    return [
      {
        ...of,
        ...batch,
        source_type: 'scrap',
        source_id: logged.id,
        category: REJECTS[kind as Kind],
        timeMs,
        amount,
        occurred,
        businessDate,
        isAvoidable: true,
        isReject: true,
      },
    ];
  });
  return [...ofStops, ...ofScrap, ...life.runs.flatMap((run) => batchPostingsOf(ladder, run, products))];
}
