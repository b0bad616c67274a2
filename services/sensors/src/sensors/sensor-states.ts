/** Reads and writes how sensors stand to their limits, and announces what changes. */
import { limitBreached, limitCleared, type SensorRow } from '@plantops/contracts';
import { announce, announcement, type Cause, type Tx } from '@plantops/persistence';
import { announcedOf, dueAt, type Announced, type Crossing, type SensorState } from './sensor.rules.ts';

/** The states by the ids of their sensors. Each stays locked. */
export const lockStates = async (tx: Tx, sensorIds: readonly string[]): Promise<Map<string, SensorState>> => {
  const rows = await tx.query<SensorState & { sensor_id: string }>(
    `select sensor_id, last_at, last_value, breached_side, breached_since, breached_limit, breached_value,
       pending_side, pending_since, pending_limit, pending_value, crossed_at
     from sensor_state
     where tenant_id = $1 and sensor_id = any($2::uuid[])
     order by sensor_id
     for update`,
    [tx.tenant, sensorIds],
  );
  return new Map(rows.map(({ sensor_id, ...state }) => [sensor_id, state]));
};

/** A sensor as it was, and as it is judged to be. */
type Judged = {
  readonly sensor: SensorRow;
  readonly before: SensorState;
  readonly state: SensorState;
  readonly crossings: readonly Crossing[];
};

/** Writes what has changed and announces the limits that were crossed, a few for each sensor. */
export const keepJudged = async (
  tx: Tx,
  judged: readonly Judged[],
  causeOf: (sensor: SensorRow) => Cause,
  now: string,
): Promise<void> => {
  await writeStates(
    tx,
    judged.flatMap(({ sensor, before, state }) =>
      state === before ? [] : [{ ...state, sensor_id: sensor.id, pending_due: dueAt(state, sensor) }],
    ),
  );
  await announceCrossings(
    tx,
    judged.flatMap(({ sensor, crossings }) => announcedOf(crossings).map((crossing) => ({ sensor, crossing }))),
    causeOf,
    now,
  );
};

const writeStates = async (tx: Tx, states: readonly object[]): Promise<void> => {
  if (states.length === 0) return;
  await tx.query(
    `update sensor_state s
     set last_at = n.last_at, last_value = n.last_value, breached_side = n.breached_side,
         breached_since = n.breached_since, breached_limit = n.breached_limit, breached_value = n.breached_value,
         pending_side = n.pending_side, pending_since = n.pending_since, pending_limit = n.pending_limit,
         pending_value = n.pending_value, pending_due = n.pending_due, crossed_at = n.crossed_at
     from jsonb_populate_recordset(null::public.sensor_state, $2::jsonb) n
     where s.tenant_id = $1 and s.sensor_id = n.sensor_id`,
    [tx.tenant, JSON.stringify(states)],
  );
};

const announceCrossings = async (
  tx: Tx,
  crossings: readonly { readonly sensor: SensorRow; readonly crossing: Announced }[],
  causeOf: (sensor: SensorRow) => Cause,
  now: string,
): Promise<void> => {
  const inTime = crossings.toSorted((a, b) =>
    a.crossing.at < b.crossing.at ? -1 : a.crossing.at > b.crossing.at ? 1 : 0,
  );
  for (const ofLine of Map.groupBy(inTime, ({ sensor }) => sensor.line_code).values()) {
    const announcements = ofLine.map(({ sensor: { id, line_id, code, name, unit }, crossing: { what, ...rest } }) =>
      announcement(what === 'breached' ? limitBreached : limitCleared, { id, line_id, code, name, unit, ...rest }, id),
    );
    await announce(tx, announcements, causeOf((ofLine[0] as (typeof ofLine)[number]).sensor), now);
  }
};
