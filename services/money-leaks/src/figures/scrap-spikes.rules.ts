import { scrapSpike, type ClosedPoint } from '@plantops/accounting';
import type { getLossFigures, LineRow } from '@plantops/contracts';
import type { z } from 'zod';
import { settingsAt } from '../facts/line-facts.rules.ts';

export type Spike = z.infer<typeof getLossFigures.output>['scrap_spikes'][number];

/** What a line made of a product in a clock hour. */
type Hour = { line_id: string; product_id: string | null; hour: string; good: number; rejects: number };

/** The spike in an hour, if it is one, given the hours before it, newest first. */
export function spikeIn(suspect: Hour, before: readonly Hour[], versions: LineRow['versions']): Spike | undefined {
  const closed: ClosedPoint[] = [];
  // Each hour is judged by those before it: one that alerted is no part of the chart.
  for (const past of before.toReversed()) {
    const point = { n: madeIn(past, versions), d: past.rejects };
    closed.push({ ...point, alerted: scrapSpike(closed, point)?.is_spike ?? false });
  }
  const { line_id, product_id, hour, rejects } = suspect;
  const made = madeIn(suspect, versions);
  const spike = scrapSpike(closed, { n: made, d: rejects });
  return spike?.is_spike
    ? { line_id, product_id, hour, rejects, made, value: spike.value, limit: spike.limit }
    : undefined;
}

/** The counted units of a line that counts gross contain its rejects. */
function madeIn({ hour, good, rejects }: Hour, versions: LineRow['versions']): number {
  const isGross = settingsAt(versions, Date.parse(hour))?.count_basis === 'gross';
  return isGross ? Math.max(good, rejects) : good + rejects;
}
