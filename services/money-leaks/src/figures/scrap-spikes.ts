/** Lines whose scrap of this hour, or of the last full one, is more than their own history explains: a p-chart for line and product. */
import { scrapSpike, type ClosedPoint } from '@plantops/accounting';
import type { getLossFigures } from '@plantops/contracts';
import type { Tx } from '@plantops/persistence';
import type { z } from 'zod';

type Spike = z.infer<typeof getLossFigures.output>['scrap_spikes'][number];
type Point = { line_id: string; product_id: string | null; hour: string; good: number; rejects: number };

/** Fewer rejects than this in an hour never alert. */
const LEAST_REJECTS = 5;
/** More than the chart needs, since hours that alerted are left out of it. */
const POINTS = 60;
const HOUR_MS = 3_600_000;

export const scrapSpikes = async (tx: Tx, lineIds: readonly string[], now: string): Promise<Spike[]> => {
  const hour = Math.floor(Date.parse(now) / HOUR_MS) * HOUR_MS;
  const suspects = await tx.query<Point>(
    `select ${POINT} from unit_hour u where u.tenant_id = $1 and u.line_id = any($2::uuid[]) and u.hour >= $3 and greatest(u.rejected, u.scrapped) >= $4 order by u.hour desc`,
    [tx.tenant, lineIds, new Date(hour - HOUR_MS).toISOString(), LEAST_REJECTS],
  );
  const spikes = new Map<string, Spike>();
  for (const suspect of suspects) {
    const key = `${suspect.line_id}/${suspect.product_id}`;
    const spike = spikes.has(key) ? undefined : await judged(tx, suspect);
    if (spike) spikes.set(key, spike);
  }
  return [...spikes.values()];
};

/** An hour whose units were all taken back says nothing. */
const IS_MADE = '(u.good > 0 or u.rejected > 0 or u.scrapped > 0)';
const POINT = 'u.line_id, u.product_id, u.hour, u.good, greatest(u.rejected, u.scrapped) as rejects';

const judged = async (tx: Tx, { line_id, product_id, hour, good, rejects }: Point): Promise<Spike | undefined> => {
  const before = await tx.query<Point>(
    `select ${POINT} from unit_hour u where u.tenant_id = $1 and u.line_id = $2 and u.product_id is not distinct from $3 and u.hour < $4 and ${IS_MADE} order by u.hour desc limit ${POINTS}`,
    [tx.tenant, line_id, product_id, hour],
  );
  const closed: ClosedPoint[] = [];
  for (const point of before.toReversed()) {
    const of = { n: point.good + point.rejects, d: point.rejects };
    closed.push({ ...of, alerted: scrapSpike(closed, of)?.is_spike ?? false });
  }
  const made = good + rejects;
  const spike = scrapSpike(closed, { n: made, d: rejects });
  return spike?.is_spike ? { line_id, product_id, hour, rejects, made, value: spike.value, limit: spike.limit } : undefined;
};
