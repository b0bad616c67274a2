import { createHash } from 'node:crypto';
import {
  meaningsOf,
  stateChanged,
  stateKey,
  type IngestBody,
  type LineRow,
  type StateReport,
} from '@plantops/contracts';
import { announce, announcement, applied, waitKey, type Tx, type Verdict } from '@plantops/persistence';
import { v7 as uuidv7 } from 'uuid';
import { inForceAt } from '../downtimes/downtime.rules.ts';
import { lockLine } from '../downtimes/refuse-overlap.ts';
import type { Located } from '../line-events/located.ts';
import { deriveStops } from './derive-stops.ts';

/**
 * States that lines reported: stores every report and derives the stops around it again. A report whose state has a name
 * that is not known on its line waits for it.
 */
export const applyStates = async (tx: Tx, located: readonly Located<'state'>[], now: string): Promise<Verdict[]> => {
  const meant = new Map(located.map((one) => [one, meaningOf(one)]));
  // Lines in one order, so that no two chunks wait for each other.
  const byLine = [...Map.groupBy(located, (one) => one.line)].toSorted(([a], [b]) => (a.id < b.id ? -1 : 1));
  for (const [line, ofLine] of byLine) {
    const reports = ofLine.flatMap((one) => {
      const { body } = one.event;
      const means = meant.get(one);
      if (means === undefined) return [];
      return {
        id: reportId(body),
        line_id: line.id,
        at: body.at,
        state: means.state,
        reason_code: body.reason_code ?? means.reason_code ?? null,
        seq: body.seq ?? 0,
        event_id: body.id,
      };
    });
    if (reports.length > 0) await store(tx, line, reports, now);
  }
  return located.map((one) =>
    meant.get(one) === undefined
      ? { waitsFor: waitKey.state(one.line.code, stateKey(one.event.body.state)) }
      : applied(),
  );
};

const meaningOf = ({ line, event: { body } }: Located<'state'>) =>
  meaningsOf(inForceAt(line.versions, body.at)?.state_map).get(stateKey(body.state));

type Stored = StateReport & { readonly event_id: string };

const store = async (tx: Tx, line: LineRow, reports: readonly Stored[], now: string): Promise<void> => {
  await lockLine(tx, line.id);
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
};

/** The id follows from the report alone, so the order of arrival does not matter. */
const reportId = ({ id, at, seq = 0 }: IngestBody<'state'>): string =>
  uuidv7({
    msecs: Date.parse(at),
    seq: Math.min(seq, 0xff_ff_ff_ff),
    random: createHash('sha256').update(id).digest(),
  });
