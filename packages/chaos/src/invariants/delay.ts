/** F12: poison delays nothing else. Checked in runs with poison only, because kills and cuts delay events too. */
import { quantile } from '@plantops/testing/plant';
import type { Evidence } from '../evidence.ts';
import type { Finding } from './finding.ts';

export async function checkDelay({ tables, good }: Evidence, promisedMs: number): Promise<Finding> {
  const sentAt = new Map(
    good.filter(({ sent }) => sent === 1).map(({ event, sentAt: at }) => [`${event.tenant} ${event.id}`, at]),
  );
  const delays: number[] = [];
  for (const service of ['production', 'downtimes'] as const) {
    const rows = await tables.query<{ key: string; at: Date }>(
      service,
      "select tenant_id || ' ' || event_id as key, received_at as at from line_event",
    );
    delays.push(
      ...rows.flatMap(({ key, at }) => (sentAt.has(key) ? [at.getTime() - (sentAt.get(key) as number)] : [])),
    );
  }
  delays.sort((one, other) => one - other);
  const [median, p99] = [quantile(delays, 0.5), quantile(delays, 0.99)];
  return {
    name: 'F12',
    promise: `poison delays nothing else (applied by its owners: median ${median} ms, p99 ${p99} ms)`,
    looked: delays.length,
    breaches: p99 < promisedMs ? [] : [`good events were applied after ${p99} ms (p99)`],
  };
}
