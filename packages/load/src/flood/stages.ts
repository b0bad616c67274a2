/**
 * The stages between a stop's report and its posting, from the timestamps in the services' tables: one line for each
 * stage.
 */
import { type PlantTables, quantile } from '@plantops/testing/plant';

/** When a stop was sent, and when its posting was seen: instants in milliseconds. */
export type Seen = { readonly sent: number; readonly seen: number };

const STAGES = ['applied by downtimes', 'published', 'posted by money-leaks', 'seen as money'] as const;

export async function stagesOf(tables: PlantTables, tenant: string, stops: readonly Seen[]): Promise<string[]> {
  const announced = await tables.query<{ id: string; begun: number; published: number }>(
    'downtimes',
    `select event_id as id,
       (extract(epoch from created_at) * 1000)::float8 as begun,
       (extract(epoch from published_at) * 1000)::float8 as published
     from outbox
     where tenant_id = $1 and subject like 'plantops.events.%' order by id`,
    [tenant],
  );
  const applied = await tables.query<{ id: string; begun: number }>(
    'money-leaks',
    `select event_id as id, (extract(epoch from processed_at) * 1000)::float8 as begun
     from inbox
     where tenant_id = $1`,
    [tenant],
  );
  const appliedAt = new Map(applied.map(({ id, begun }) => [id, begun]));
  const instants = announced.map(({ id, begun, published }, index) => {
    const { sent = 0, seen = 0 } = stops[index] ?? {};
    return [sent, begun, published, appliedAt.get(id) ?? 0, seen];
  });
  return STAGES.map((stage, index) => {
    const waits = instants.map((at) => (at[index + 1] as number) - (at[index] as number)).sort((a, b) => a - b);
    return `${stage.padEnd(24)} median ${quantile(waits, 0.5).toFixed(0)} ms, p99 ${quantile(waits, 0.99).toFixed(0)} ms`;
  });
}
