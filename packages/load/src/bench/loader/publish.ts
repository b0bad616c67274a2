/** Publishes messages to a stream, a bounded number of them at a time, and waits for each acknowledgement. */
import { connect } from 'nats';
import { lineEvent, reading } from '../../messages.ts';
import type { Done, PublishJob } from './jobs.ts';

const ON_THE_WAY = 1_000;
const ACKNOWLEDGED_WITHIN_MS = 20_000;

export async function publish({ kind, access, prefix, count, tape }: PublishJob): Promise<Done> {
  const connection = await connect({ ...access, noAsyncTraces: true });
  const jetstream = connection.jetstream();
  const messageOf = kind === 'readings' ? reading : lineEvent;
  let [next, failed] = [0, 0];
  const began = performance.now();
  const work = async () => {
    while (next < count) {
      const n = next;
      next += 1;
      const { line, kind: of, body } = messageOf(n, tape);
      const payload = JSON.stringify(kind === 'readings' ? body : { id: `bench-${n}`, ...body });
      const stored = jetstream.publish(`${prefix}.L${line}.${of}`, payload, { timeout: ACKNOWLEDGED_WITHIN_MS });
      await stored.catch(() => (failed += 1));
    }
  };
  await Promise.all(Array.from({ length: ON_THE_WAY }, work));
  const seconds = (performance.now() - began) / 1_000;
  await connection.close();
  return { sent: count, failed, seconds, ids: [] };
}
