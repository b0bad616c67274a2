/**
 * Lines of a tenant that report as fast as the broker accepts it, in their own thread, so that their work does not
 * delay the other tenant.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { connect } from 'nats';
import { lineEvent } from '../messages.ts';
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

const tape = { lines, from: Date.parse(iso(0)), everyMs: 20_000 };

/** Publishes the line event of this number. */
function publish(n: number) {
  const { line, kind, body } = lineEvent(n, tape);
  const payload = JSON.stringify({ id: `flood-${n}`, ...body });
  return stream.publish(`plantops.ingest.akron.L${line}.${kind}`, payload, { timeout: 20_000 });
}

for (let sent = 0; sent < events; sent += ON_THE_WAY)
  await Promise.all(Array.from({ length: Math.min(ON_THE_WAY, events - sent) }, (_, index) => publish(sent + index)));
await connection.close();
parentPort?.postMessage('sent', []);
