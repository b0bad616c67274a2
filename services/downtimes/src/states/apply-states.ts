import { createHash } from 'node:crypto';
import { stateChanged, type IngestBody } from '@plantops/contracts';
import { announce, announcement, applied, type Tx, type Verdict } from '@plantops/persistence';
import { v7 as uuidv7 } from 'uuid';
import { lockLine } from '../downtimes/refuse-overlap.ts';
import type { Located } from '../line-events/located.ts';
import { deriveStops } from './derive-stops.ts';

/** States that lines reported: stores every report and derives the stops around it again. */
export const applyStates = async (tx: Tx, located: readonly Located<'state'>[], now: string): Promise<Verdict[]> => {
  for (const [line, ofLine] of Map.groupBy(located, (one) => one.line)) {
    await lockLine(tx, line.id);
    const reports = ofLine.map(({ event: { body } }) => ({
      id: reportId(body),
      line_id: line.id,
      at: body.at,
      state: body.state,
      reason_code: body.reason_code ?? null,
      seq: body.seq ?? 0,
      event_id: body.id,
    }));
    await tx.query(
      `insert into state_report (tenant_id, line_id, at, id, state, reason_code, seq, event_id)
       select $1, line_id, at, id, state, reason_code, seq, event_id
       from jsonb_populate_recordset(null::state_report, $2::jsonb)`,
      [tx.tenant, JSON.stringify(reports)],
    );
    await announce(
      tx,
      reports.map(({ event_id: _event, ...report }) => announcement(stateChanged, report, line.id)),
      { actor: `line:${line.code}` },
      now,
    );
    const times = reports.map(({ at }) => at).sort();
    await deriveStops(tx, line, { from: times[0] as string, to: times.at(-1) as string }, now);
  }
  return located.map(() => applied());
};

/** The id follows from the report alone, so the order of arrival does not matter. */
const reportId = ({ id, at, seq = 0 }: IngestBody<'state'>): string =>
  uuidv7({
    msecs: Date.parse(at),
    seq: Math.min(seq, 0xff_ff_ff_ff),
    random: createHash('sha256').update(id).digest(),
  });
