import { downtimeEnded, lineSystem } from '@plantops/contracts';
import { applied, waitKey, type Tx, type Verdict } from '@plantops/persistence';
import type { Located } from '../line-events/located.ts';
import { end, start } from './downtime.rules.ts';
import { knownOf } from './known-of.ts';
import { orRejected, rememberReport, sent, stopByReference, reportedBy, type ReportedStop } from './reported-stop.ts';
import { changeReported, recordReported } from './save-downtime.ts';

/**
 * A line system reports the end of a stop: of one it started by reference, or a complete stop. An end without its
 * start waits for it.
 */
export const applyDowntimeEnded = (tx: Tx, { event, line }: Located<'downtime.ended'>, now: string): Promise<Verdict> =>
  orRejected(async () => {
    const { id, source: _source, seq: _seq, downtime_ref, start_time, end_time, ...rest } = event.body;
    const known = downtime_ref === undefined ? undefined : await stopByReference(tx, line.id, downtime_ref);
    const author = lineSystem(event);
    const report = await reportedBy(tx, line.id, rest);
    if (known) {
      const changes = end(
        known.stop,
        { ...decidedBefore(known), ...report, ...sent({ start_time }), end_time },
        await knownOf(tx, line, known.stop, report.reason_code),
        now,
      );
      await rememberReport(
        tx,
        await changeReported(tx, known.stop, changes, downtimeEnded, author, now),
        'ended',
        report,
      );
      return applied();
    }
    if (start_time === undefined) return { waitsFor: waitKey.downtime(line.code, downtime_ref as string) };
    const stop = {
      ...report,
      line_id: line.id,
      start_time,
      end_time,
      source: 'event',
      external_id: downtime_ref ?? `event:${id}`,
    } as const;
    const row = await recordReported(
      tx,
      start(stop, await knownOf(tx, line, undefined, report.reason_code), now),
      author,
      now,
    );
    if (downtime_ref !== undefined) await rememberReport(tx, row, 'ended', report);
    return applied();
  });

/** `is_planned` from the start stays, unless a person changed it since: it does not follow the reason of the end. */
const decidedBefore = ({ stop, started }: ReportedStop) =>
  started?.is_planned !== undefined && started.is_planned === stop.is_planned ? { is_planned: stop.is_planned } : {};
