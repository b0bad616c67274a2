import { downtimeAmended, type DowntimeRow } from '@plantops/contracts';
import { applied, waitKey, type Tx, type Verdict } from '@plantops/persistence';
import type { Located } from '../line-events/apply-line-events.ts';
import { amend, start } from './downtime.rules.ts';
import { batchIdOf, lineSystem, orRejected, sent, stopByReference } from './reported-stop.ts';
import { changeStop, recordStop } from './save-downtime.ts';

/** A line system says that a stop began. Where its end, complete in itself, came first, only what the end left open is filled in. */
export const onDowntimeStarted = (tx: Tx, { event, line }: Located<'downtime.started'>, now: string): Promise<Verdict> =>
  orRejected(async () => {
    const { downtime_ref, at, reason_category, reason_code, is_planned, phase, description, batch_number } = event.body;
    const known = await stopByReference(tx, line.id, downtime_ref);
    const author = lineSystem(event);
    if (known) {
      if (known.status === 'open' || known.created_by !== author.actor)
        return { rejected: `downtime_ref ${downtime_ref} stands for another stop of this line already` };
      const missing = missingFrom(known, { reason_category, reason_code, description });
      if (Object.keys(missing).length > 0)
        await changeStop(tx, known, amend(known, missing, line.versions, now), downtimeAmended, author, now);
      return applied();
    }
    const told = sent({ reason_code, is_planned, phase, description, batch_number });
    const stop = {
      ...told,
      line_id: line.id,
      start_time: at,
      reason_category: reason_category ?? 'unknown',
      source: 'event',
      external_id: downtime_ref,
      batch_id: await batchIdOf(tx, line.id, batch_number),
    } as const;
    await recordStop(tx, start(stop, line.versions, now), author, now);
    return applied(waitKey.downtime(line.code, downtime_ref));
  });

const missingFrom = (known: DowntimeRow, told: Partial<Pick<DowntimeRow, 'reason_category' | 'reason_code' | 'description'>>) =>
  sent({
    reason_category: known.reason_category === 'unknown' ? told.reason_category : undefined,
    reason_code: known.reason_code === null ? (told.reason_code ?? undefined) : undefined,
    description: known.description === null ? (told.description ?? undefined) : undefined,
  });
