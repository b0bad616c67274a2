import { downtimeEnded } from '@plantops/contracts';
import { applied, waitKey, type Tx, type Verdict } from '@plantops/persistence';
import type { Located } from '../line-events/apply-line-events.ts';
import { end, start } from './downtime.rules.ts';
import { batchIdOf, lineSystem, orRejected, sent, stopByReference } from './reported-stop.ts';
import { changeStop, recordStop } from './save-downtime.ts';

/** A line system says that a stop ended: the one it referred to, or one complete in itself. An end without a start waits for it. */
export const onDowntimeEnded = (tx: Tx, { event, line }: Located<'downtime.ended'>, now: string): Promise<Verdict> =>
  orRejected(async () => {
    const { id, downtime_ref, start_time, end_time, batch_number, ...rest } = event.body;
    const { source: _source, seq: _seq, ...told } = sent(rest);
    const known = downtime_ref === undefined ? undefined : await stopByReference(tx, line.id, downtime_ref);
    const author = lineSystem(event);
    if (known) {
      await changeStop(
        tx,
        known,
        end(known, { ...told, ...sent({ start_time }), end_time }, line.versions, now),
        downtimeEnded,
        author,
        now,
      );
      return applied();
    }
    if (start_time === undefined) return { waitsFor: waitKey.downtime(line.code, downtime_ref as string) };
    const batch = { batch_number: batch_number ?? null, batch_id: await batchIdOf(tx, line.id, batch_number) };
    const stop = {
      ...told,
      ...batch,
      line_id: line.id,
      start_time,
      end_time,
      reason_category: told.reason_category ?? 'unknown',
      source: 'event',
      external_id: downtime_ref ?? `event:${id}`,
    } as const;
    await recordStop(tx, start(stop, line.versions, now), author, now);
    return applied();
  });
