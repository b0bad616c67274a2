import { downtimeAmended, lineSystem } from '@plantops/contracts';
import { applied, waitKey, type Tx, type Verdict } from '@plantops/persistence';
import type { Located } from '../line-events/located.ts';
import { amend, start } from './downtime.rules.ts';
import { knownOf } from './known-of.ts';
import { orRejected, rememberTold, stopByReference, toldBy } from './reported-stop.ts';
import { changeReported, recordReported } from './save-downtime.ts';

/** A line system says that a stop began. Where its end, complete in itself, came first, only what the end did not tell is filled in. */
export const onDowntimeStarted = (tx: Tx, { event, line }: Located<'downtime.started'>, now: string): Promise<Verdict> =>
  orRejected(async () => {
    const { id: _id, source: _source, seq: _seq, downtime_ref, at, ...rest } = event.body;
    const known = await stopByReference(tx, line.id, downtime_ref);
    const author = lineSystem(event);
    if (known && (known.started || !known.ended))
      return { rejected: `downtime_ref ${downtime_ref} stands for another stop of this line already` };
    const told = await toldBy(tx, line.id, rest);
    if (known) {
      const untold = Object.fromEntries(Object.entries(told).filter(([field]) => !Object.hasOwn(known.ended ?? {}, field)));
      // Said again, so that it does not follow the reason: the end has decided it.
      const decided = known.ended?.is_planned === undefined ? {} : { is_planned: known.ended.is_planned };
      if (Object.keys(untold).length > 0)
        await changeReported(
          tx,
          known.stop,
          amend(known.stop, { ...untold, ...decided }, await knownOf(tx, line, known.stop, told.reason_code), now),
          downtimeAmended,
          author,
          now,
        );
      await rememberTold(tx, known.stop, 'started', told);
      return applied();
    }
    const stop = {
      ...told,
      line_id: line.id,
      start_time: at,
      source: 'event',
      external_id: downtime_ref,
    } as const;
    const begun = start(stop, await knownOf(tx, line, undefined, told.reason_code), now);
    await rememberTold(tx, await recordReported(tx, begun, author, now), 'started', told);
    return applied(waitKey.downtime(line.code, downtime_ref));
  });
