/** Where the time goes between a stop's report and its money, from what the services note of it: one line a stage. */
import { type PlantTables, quantile } from '@plantops/testing/plant';

/** When a stop was sent, and when it was seen as money: instants in milliseconds. */
export type Seen = { readonly sent: number; readonly seen: number };

const STAGES = ['taken in by downtimes', 'announced', 'taken in by money-leaks', 'seen as money'] as const;

export const stagesOf = async (tables: PlantTables, tenant: string, stops: readonly Seen[]): Promise<string[]> => {
  const announced = await tables.query<{ id: string; begun: number; published: number }>(
    'downtimes',
    `select event_id as id, (extract(epoch from created_at) * 1000)::float8 as begun, (extract(epoch from published_at) * 1000)::float8 as published
     from outbox where tenant_id = $1 and subject like 'plantops.events.%' order by id`,
    [tenant],
  );
  const taken = await tables.query<{ id: string; begun: number }>(
    'money-leaks',
    'select event_id as id, (extract(epoch from processed_at) * 1000)::float8 as begun from inbox where tenant_id = $1',
    [tenant],
  );
  const takenAt = new Map(taken.map(({ id, begun }) => [id, begun]));
  const instants = announced.map(({ id, begun, published }, index) => {
    const { sent = 0, seen = 0 } = stops[index] ?? {};
    return [sent, begun, published, takenAt.get(id) ?? 0, seen];
  });
  return STAGES.map((stage, index) => {
    const waits = instants.map((at) => (at[index + 1] as number) - (at[index] as number)).sort((a, b) => a - b);
    return `${stage.padEnd(24)} median ${quantile(waits, 0.5).toFixed(0)} ms, p99 ${quantile(waits, 0.99).toFixed(0)} ms`;
  });
};
