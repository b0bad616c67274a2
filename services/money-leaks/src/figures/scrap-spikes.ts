import type { LineRow } from '@plantops/contracts';
import type { Tx } from '@plantops/persistence';
import * as unitHours from '../projections/unit-hours.ts';
import { spikeIn, type Spike } from './scrap-spikes.rules.ts';

/** Fewer rejects than this in an hour never alert. */
const LEAST_REJECTS = 5;
/** More hours than the chart needs, since those that alerted are left out of it. */
const MOST_HOURS = 60;
const HOUR_MS = 3_600_000;

/**
 * Lines with more scrap in this clock hour, or in the one before, than their own history explains: a p-chart by line
 * and product.
 */
export async function scrapSpikes(tx: Tx, lines: readonly LineRow[], now: string): Promise<Spike[]> {
  const versions = new Map(lines.map((line) => [line.id, line.versions]));
  const hour = Math.floor(Date.parse(now) / HOUR_MS) * HOUR_MS;
  const suspects = await unitHours.readRejectedSince(
    tx,
    [...versions.keys()],
    new Date(hour - HOUR_MS).toISOString(),
    LEAST_REJECTS,
  );
  const spikes = new Map<string, Spike>();
  for (const suspect of suspects) {
    const key = `${suspect.line_id}/${suspect.product_id}`;
    if (spikes.has(key)) continue;
    const before = await unitHours.readBefore(tx, suspect, MOST_HOURS);
    const spike = spikeIn(suspect, before, versions.get(suspect.line_id) ?? []);
    if (spike) spikes.set(key, spike);
  }
  return [...spikes.values()];
}
