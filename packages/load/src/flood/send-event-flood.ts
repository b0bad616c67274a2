/**
 * Lines of a tenant that report as fast as the broker accepts it, in their own thread, so that their work does not
 * delay the other tenant.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { connect } from 'nats';
import { iso } from './flooded-plant.ts';

/** The address and user, the number of events and of lines. */
export type EventFlood = {
  readonly servers: string;
  readonly user: string;
  readonly pass: string;
  readonly events: number;
  readonly lines: number;
};

const ON_THE_WAY = 2_000;

const { events, lines, ...access } = workerData as EventFlood;
const connection = await connect({ ...access, noAsyncTraces: true });
const stream = connection.jetstream();

/** Publishes on all lines in turn: nine counts of each line, then a stop. */
function publish(n: number) {
  const nth = Math.floor(n / lines);
  const [line, at] = [`L${n % lines}`, nth * 20_000];
  const [kind, body] =
    nth % 10 === 9
      ? ['downtime.ended', { start_time: iso(at), end_time: iso(at + 15_000), reason_category: 'mechanical' }]
      : ['count', { at: iso(at), good: 5, reject: 0 }];
  return stream.publish(
    `plantops.ingest.akron.${line}.${kind}`,
    JSON.stringify({ id: `flood-${n}`, ...(body as object) }),
    {
      timeout: 20_000,
    },
  );
}

for (let sent = 0; sent < events; sent += ON_THE_WAY)
  await Promise.all(Array.from({ length: Math.min(ON_THE_WAY, events - sent) }, (_, index) => publish(sent + index)));
await connection.close();
parentPort?.postMessage('sent', []);
