/**
 * When each batch of a line had it, by brute force: between any two instants at which something was said of a batch, the
 * line belongs to the batch that claimed it last, of those that still want it.
 */
import type { Batch, Count } from './raw-rows.ts';

export type Span = { readonly from: number; readonly to: number };
/** A batch, its end (Infinity: none yet), and the intervals in which it had the line. */
export type Run = Batch & {
  readonly end: number;
  readonly closed: boolean;
  readonly isCut: boolean;
  readonly spans: readonly Span[];
};
type Claim = { readonly at: number; readonly by: Batch; readonly isStart: boolean };

const claimsOf = (batch: Batch): Claim[] => [
  { at: batch.from, by: batch, isStart: true },
  ...batch.resumed
    .filter((at) => at > batch.from && at < (batch.to ?? Infinity))
    .map((at) => ({ at, by: batch, isStart: false })),
];
const isLater = (a: Claim, b: Claim): boolean => a.at > b.at || (a.at === b.at && a.by.number > b.by.number);
const lastOf = (claims: readonly Claim[], at: number): Claim | undefined =>
  claims.filter((claim) => claim.at <= at).reduce<Claim | undefined>((a, b) => (a && isLater(a, b) ? a : b), undefined);

/** Nobody ended it: once a third batch has started, it ended where it lost the line, or with a later word or count. */
const cutOf = (batch: Batch, claims: readonly Claim[], counts: readonly Count[]): number | undefined => {
  const own = lastOf(
    claims.filter(({ by }) => by === batch),
    Infinity,
  );
  if (batch.to !== null || own === undefined) return undefined;
  const after = claims.filter((claim) => claim.by !== batch && isLater(claim, own));
  const taker = after.find((claim) => after.every((other) => other === claim || isLater(other, claim)));
  const thirds = after.filter(({ by, isStart }) => isStart && by !== taker?.by).map(({ at }) => at);
  const pauses = batch.paused.filter((at) => at > own.at);
  if (taker === undefined || thirds.length === 0 || pauses.some((at) => at <= Math.min(...thirds))) return undefined;
  const counted = counts
    .filter(({ batch: id, number }) => id === batch.id || (id === null && number === batch.number))
    .filter(({ good, reject }) => good.sign() + reject.sign() > 0)
    .map(({ at }) => at);
  return Math.max(taker.at, ...pauses, ...counted);
};

export const runsOf = (batches: readonly Batch[], counts: readonly Count[]): Run[] => {
  const claims = batches.flatMap(claimsOf);
  const ends = new Map(
    batches.map((batch) => {
      const cut = cutOf(batch, claims, counts);
      return [batch, { end: batch.to ?? cut ?? Infinity, isCut: cut !== undefined }];
    }),
  );
  const endOf = (batch: Batch): number => ends.get(batch)?.end ?? Infinity;
  const wants = (batch: Batch, at: number): boolean => {
    if (at < batch.from || at >= endOf(batch)) return false;
    const since = lastOf(claimsOf(batch), at)?.at ?? batch.from;
    return !batch.paused.some((pause) => pause > since && pause <= at);
  };
  const edges = [...claims.map(({ at }) => at), ...batches.flatMap((batch) => [endOf(batch), ...batch.paused])];
  const instants = [...new Set(edges)].filter((at) => at !== Infinity).sort((a, b) => a - b);
  const pieces = instants.map((from, index) => ({
    from,
    to: instants[index + 1] ?? Infinity,
    by: lastOf(
      claims.filter(({ by }) => wants(by, from)),
      from,
    )?.by,
  }));
  return batches
    .toSorted((a, b) => a.from - b.from || (a.id < b.id ? -1 : 1))
    .map((batch) => {
      const spans = pieces
        .filter(({ by }) => by === batch)
        .reduce<Span[]>((joined, { from, to }) => {
          const last = joined.at(-1);
          return last?.to === from ? [...joined.slice(0, -1), { from: last.from, to }] : [...joined, { from, to }];
        }, []);
      const { end = Infinity, isCut = false } = ends.get(batch) ?? {};
      return { ...batch, end, isCut, closed: !batch.running || isCut, spans };
    });
};
