/** The rows of a closed batch: slow cycles, rejects without a scrap event, and lost material. */
import { Fraction } from './fraction.ts';
import { isBusy, type Moment, type Run } from './life.ts';
import { HOUR, priced, REJECTS, type Posting } from './posting.ts';
import { inForce, type Product } from './raw-rows.ts';
import { isProduced, pointsIn, spreadIn, termsOf, type Ladder, type Terms, type Window } from './terms.ts';
import { priOf } from './pri.ts';
import { KINDS } from './units.ts';

/** The cells of a batch: its time in one shift and one local day. */
const cellsOf = ({ life }: Ladder, run: Run): Moment[][] => [
  ...Map.groupBy(
    life.moments.filter((moment) => moment.run === run && isBusy(moment)),
    ({ localDate, shift }) => `${localDate} ${shift?.key}`,
  ).values(),
];

export function batchPostingsOf(ladder: Ladder, run: Run, products: readonly Product[]): Posting[] {
  const { life, units } = ladder;
  if (!run.closed || run.trial || units.uncounted.has(run)) return [];
  const whole: Window = { from: -Infinity, to: life.now };
  const row = {
    line_id: life.line.id,
    plant_id: life.plant.id,
    source_type: 'batch',
    source_id: run.id,
    batch_id: run.id,
    product_id: run.product_id,
    isAvoidable: true,
  } as const;
  const cells = cellsOf(ladder, run).map((moments) => {
    const pick = ({ localDate, shift, run: held }: Moment) =>
      held === run && localDate === moments[0]?.localDate && shift?.key === moments[0]?.shift?.key;
    return { pick, first: moments[0] as Moment, residual: residualOf(termsOf([ladder], whole, pick)) };
  });
  const net = Fraction.sum(cells.map(({ residual }) => residual));
  const positive = Fraction.sum(cells.flatMap(({ residual }) => (residual.sign() > 0 ? [residual] : [])));
  const slow = cells.flatMap(({ first, residual }): Posting[] => {
    const timeMs = residual.rounded(6);
    if (timeMs.sign() === 0) return [];
    const isPaid = net.sign() > 0 && residual.sign() > 0;
    const hourly = inForce(life.line.prices, first.from)?.hourly as Fraction;
    const amount = isPaid ? residual.over(HOUR).times(hourly).times(net).over(positive).rounded(4) : Fraction.zero;
    return [
      {
        ...row,
        category: 'speed_loss',
        timeMs,
        amount,
        occurred: first.from,
        businessDate: first.businessDate,
        isReject: false,
      },
    ];
  });
  const rejects = [...cells, undefined].flatMap((cell) =>
    KINDS.flatMap((kind) =>
      [true, false].flatMap((isTimed): Posting[] => {
        const occurred = cell?.first.from ?? run.from;
        const points = cell
          ? pointsIn(ladder, whole, cell.pick).filter(
              (point) => point.placed !== undefined && isProduced(point) === isTimed,
            )
          : units.points.filter(({ placed }) => placed === undefined && !isTimed);
        const own = points.filter((point) => point.run === run && point.kind === kind && point.logged === undefined);
        const spreads =
          cell && isTimed ? units.spreads.filter((spread) => spread.run === run && spread.kind === kind) : [];
        const quantity = Fraction.sum([
          ...own.map((point) => point.quantity),
          ...spreads.map((spread) => spreadIn(ladder, spread, whole, cell?.pick ?? (() => false))),
        ]);
        if (quantity.sign() === 0) return [];
        const timeMs = isTimed ? quantity.times(priOf(life, products, run, null, run.from)).rounded(6) : Fraction.zero;
        const amount = priced(life, products, occurred, {
          productId: run.product_id,
          quantity,
          timeMs,
          reworked: kind === 'rework',
          own: null,
        });
        const businessDate =
          cell?.first.businessDate ?? life.schedule.at(occurred)?.date ?? life.schedule.dateAt(occurred);
        return [{ ...row, category: REJECTS[kind], timeMs, amount, occurred, businessDate, isReject: true }];
      }),
    ),
  );
  return [...slow, ...rejects, ...yieldOf(ladder, run, products, row)];
}

export const residualOf = ({ ms }: Terms): Fraction =>
  (ms['apt_minutes'] as Fraction)
    .minus(ms['ideal_minutes_total'] as Fraction)
    .minus(ms['micro_stop_minutes'] as Fraction);

/** The row of material input that was not counted as a unit. */
function yieldOf(
  { life, units }: Ladder,
  run: Run,
  products: readonly Product[],
  row: Omit<Posting, 'category' | 'timeMs' | 'amount' | 'occurred' | 'businessDate' | 'isReject'>,
): Posting[] {
  const costs = inForce(products.find(({ id }) => id === run.product_id)?.costs ?? [], run.from);
  const out = Fraction.sum(
    [...units.points, ...units.spreads].filter((unit) => unit.run === run).map(({ quantity }) => quantity),
  );
  const lost = run.material?.minus(out);
  if (lost === undefined || costs === undefined || lost.sign() <= 0) return [];
  const amount = lost.times(costs.material ?? costs.unit).rounded(4);
  const businessDate = life.schedule.at(run.from)?.date ?? life.schedule.dateAt(run.from);
  return [
    {
      ...row,
      category: 'yield_loss',
      timeMs: Fraction.zero,
      amount,
      occurred: run.from,
      businessDate,
      isReject: false,
    },
  ];
}
