import { downtimeAmended, lineSystem } from '@plantops/contracts';
import { applied, waitKey, type Tx, type Verdict } from '@plantops/persistence';
import { assumeEndOf } from '../activity/end-by-units.ts';
import type { Located } from '../line-events/located.ts';
import { amend, start } from './downtime.rules.ts';
import { knownOf } from './known-of.ts';
import { orRejected, rememberReport, stopByReference, reportedBy } from './reported-stop.ts';
import { changeReported, recordReported } from './save-downtime.ts';

/** A line system reports the start of a stop. If the end came first, the start adds only what the end did not say. */
export const applyDowntimeStarted = (
  tx: Tx,
  { event, line }: Located<'downtime.started'>,
  now: string,
): Promise<Verdict> =>
  orRejected(async () => {
    const { id: _id, source: _source, seq: _seq, downtime_ref, at, ...rest } = event.body;
    const known = await stopByReference(tx, line.id, downtime_ref);
    const author = lineSystem(event);
    if (known && (known.started || !known.ended))
      return { rejected: `downtime_ref ${downtime_ref} stands for another stop of this line already` };
    const report = await reportedBy(tx, line.id, rest);
    if (known) {
      const notFromEnd = Object.fromEntries(
        Object.entries(report).filter(([field]) => !Object.hasOwn(known.ended ?? {}, field)),
      );
      // Set again, so that it does not follow the reason: the end decided it.
      const decided = known.ended?.is_planned === undefined ? {} : { is_planned: known.ended.is_planned };
      if (Object.keys(notFromEnd).length > 0)
        await changeReported(
          tx,
          known.stop,
          amend(
            known.stop,
            { ...notFromEnd, ...decided },
            await knownOf(tx, line, known.stop, report.reason_code),
            now,
          ),
          downtimeAmended,
          author,
          now,
        );
      await rememberReport(tx, known.stop, 'started', report);
      return applied();
    }
    const stop = {
      ...report,
      line_id: line.id,
      start_time: at,
      source: 'event',
      external_id: downtime_ref,
    } as const;
    const begun = start(stop, await knownOf(tx, line, undefined, report.reason_code), now);
    const row = await recordReported(tx, begun, author, now);
    await rememberReport(tx, row, 'started', report);
    await assumeEndOf(tx, line, row, now);
    return applied(waitKey.downtime(line.code, downtime_ref));
  });
